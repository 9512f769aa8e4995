import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";

/**
 * The files of the checkout that are committed or would be: what git tracks and what it doesn't ignore. Paths are
 * relative to `root`, with forward slashes. Throws when `root` is no git checkout.
 */
export async function listFiles(root: string): Promise<readonly string[]> {
  const { exitCode, output } = await runCommand(root, "git", [
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
  ]);
  if (exitCode !== 0) throw new Error(`git can't list the files of ${root}: ${output.trim()}`);
  const files = output.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
  return [...new Set(files)].sort();
}
