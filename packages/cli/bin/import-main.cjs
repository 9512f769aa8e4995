// Apart from clic.cjs, because an old Node cannot even parse this.
"use strict";
import("../src/main.ts").catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
