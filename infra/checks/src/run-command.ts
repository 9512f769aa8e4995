import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

export interface CommandResult {
  readonly exitCode: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Runs a program of the checkout or of the system to its end. Rejects only when it can't be started. */
export function runCommand(root: string, command: string, args: readonly string[]): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    // The checks inherit their environment whole: PATH, HOME and the like belong to the programs they start.
    // oxlint-disable-next-line node/no-process-env
    const inherited = process.env;
    const path = [join(root, "node_modules/.bin"), inherited["PATH"]].join(delimiter);
    const child = spawn(command, args, {
      cwd: root,
      env: { ...inherited, PATH: path, NX_DAEMON: "false", NX_TUI: "false", NO_COLOR: "1" },
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, output: Buffer.concat(chunks).toString("utf8") }));
  });
}

/** The output of a program as problems: none when it ended well. */
export async function problemsOf(root: string, command: string, args: readonly string[]): Promise<readonly string[]> {
  const { exitCode, output } = await runCommand(root, command, args);
  if (exitCode === 0) return [];
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 0 ? lines : [`${command} ended with ${exitCode} and said nothing`];
}
