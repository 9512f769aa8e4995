import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { operationLimitCodes } from "@clic/operation-limits";
import { describe, expect, it } from "@jest/globals";
import { codesFromServices, errorCatalogue, isErrorCode } from "./error-catalogue.ts";

const catalogue = Object.keys(errorCatalogue).toSorted();

const sources = globSync("**/*.ts", { cwd: import.meta.dirname })
  .filter((file) => !/\.test\.ts$|error-catalogue/.test(file))
  .map((file) => readFileSync(join(import.meta.dirname, file), "utf8"))
  .join("\n");
/** Made by Apollo Server itself. */
const APOLLO = ["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "OPERATION_RESOLUTION_FAILURE", "BAD_USER_INPUT"];
const LIMITS = [...operationLimitCodes, "BODY_ENCODING_REFUSED", "JSON_TOO_DEEP", "JSON_TOO_MANY_VALUES"];

describe("the error catalogue", () => {
  it("has the codes of ERRORS.md and no others", () => {
    const documented = readFileSync(join(import.meta.dirname, "..", "ERRORS.md"), "utf8").matchAll(
      /^\| `([A-Z_]+)` +\|/gm,
    );
    expect([...documented].map(([, code]) => code).toSorted()).toEqual(catalogue);
  });

  it("has every code that the gateway's sources write", () => {
    const written = [...sources.matchAll(/code: "([A-Z_]+)"/g)].map(([, code]) => code);
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter((code) => !isErrorCode(code))).toEqual([]);
  });

  it("has no code that neither the gateway, nor a package that limits, nor Apollo Server, nor a service gives", () => {
    const given = new Set<string>([...APOLLO, ...LIMITS, ...codesFromServices]);
    expect(catalogue.filter((code) => !given.has(code) && !new RegExp(`\\b${code}\\b`).test(sources))).toEqual([]);
  });

  it("has every code under which a service may speak", () => {
    expect([...codesFromServices].filter((code) => !isErrorCode(code))).toEqual([]);
  });

  it("has every code that a package limits with", () => {
    expect(LIMITS.filter((code) => !isErrorCode(code))).toEqual([]);
  });

  it("does not take an object's own methods for codes", () => {
    expect(isErrorCode("constructor")).toBe(false);
  });
});
