import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { generateAll, generateService } from "./generate.ts";

// `npm run generate` makes everything; `npm run generate -- events` only what belongs to that service.
const root = resolve(import.meta.dirname, "../../..");
const names = process.argv.slice(2);
const some = await Promise.all(names.map((name) => generateService(root, name)));
const { files, problems } =
  names.length === 0
    ? await generateAll(root)
    : { files: new Map(some.flatMap((service) => [...service.files])), problems: [] };

for (const [path, content] of files) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, "utf8") === content) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  process.stdout.write(`wrote ${path}\n`);
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
