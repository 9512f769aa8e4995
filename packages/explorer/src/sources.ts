import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const checkout = join(root, "../..");

/** Where `npm run build:explorer` puts the page, and a gateway with EXPLORER=on looks for it. */
export const builtFolder = join(root, "dist");

/** The program that builds the page: `node <script> --to FOLDER`. */
export const builderScript = join(import.meta.dirname, "build.main.ts");

/** Changes whenever a build would: over the page's sources, those of what it bundles, and the versions of the rest. */
export function fingerprint(): string {
  const hash = createHash("sha256");
  const sources = [join(root, "src"), join(checkout, "packages/graph-client/src")].flatMap(filesBelow).toSorted();
  for (const file of [...sources, join(root, "index.html"), join(checkout, "package-lock.json")]) {
    hash.update(`${file.slice(checkout.length)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
