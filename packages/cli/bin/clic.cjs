#!/usr/bin/env node
// Written so that any Node can read it: what an old one must do is say so, not print a syntax error.
"use strict";
const version = process.versions.node.split(".").map(Number);
if (version[0] > 22 || (version[0] === 22 && version[1] >= 18)) {
  require("./import-main.cjs");
} else {
  console.error(
    "clic needs Node 22.18 or newer and this is " +
      process.versions.node +
      ": run npm install in the checkout (it brings Node 24), then npm start or npx clic.",
  );
  process.exitCode = 1;
}
