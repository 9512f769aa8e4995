// Apart from clic.cjs, because an old Node cannot even parse this.
"use strict";
const { join } = require("node:path");
// Reading and stripping the sources takes longer than running them; where this can't be written, nothing is kept.
require("node:module").enableCompileCache(join(__dirname, "../../../node_modules/.cache/clic"));
import("../src/main.ts").catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
