import { parseArgs } from "node:util";
import { writeMadeUpOdsFile } from "./made-up/write-made-up-file.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: "string", default: "200000" },
    edition: { type: "string", default: "1" },
    broken: { type: "string", default: "3" },
  },
});
const [path] = positionals;
if (path === undefined) {
  process.stderr.write("node packages/ods/src/main.ts [--rows 200000] [--edition 1] [--broken 3] FILE\n");
  process.exitCode = 1;
} else {
  const { rows, broken } = await writeMadeUpOdsFile(path, {
    rows: Number(values.rows),
    edition: Number(values.edition),
    brokenPerCent: Number(values.broken),
  });
  process.stdout.write(`${path}: ${rows} rows, broken on purpose: ${JSON.stringify(broken)}\n`);
}
