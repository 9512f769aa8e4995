import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildPage } from "./build-page.ts";
import { builtFolder } from "./index.ts";

const { to = builtFolder } = parseArgs({ options: { to: { type: "string" } } }).values;
await buildPage(resolve(to));
process.stdout.write(`The explorer is built: ${resolve(to)}\n`);
