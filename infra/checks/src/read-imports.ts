import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "./list-files.ts";

export interface Import {
  /** Path from the root of the checkout, with forward slashes. */
  readonly file: string;
  readonly specifier: string;
}

const importPattern = /(?:\bfrom|\bimport|\bimport\s*\()\s*["']([^"'\n]+)["']/g;

/**
 * Every import, re-export and dynamic import with a literal in the sources of a checkout. Hazard: it reads text, so an
 * import in a comment counts too.
 */
export async function readImports(root: string): Promise<readonly Import[]> {
  const sources = (await listFiles(root)).filter((file) => /\.[mc]?[jt]sx?$/.test(file));
  return sources.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(importPattern)].map(([, specifier]) => ({
      file,
      specifier: specifier ?? "",
    })),
  );
}
