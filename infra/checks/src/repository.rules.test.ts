import { describe, expect, it } from "@jest/globals";
import { findForbidden, largestBytes } from "./repository.rules.ts";

describe("what is committed", () => {
  it("may be any source or document", () => {
    expect(findForbidden("services/events/src/app.ts", 100, "<<<< a < b")).toEqual([]);
    expect(findForbidden("package-lock.json", largestBytes + 1, "")).toEqual([]);
  });

  it.each([
    "packages/bus/node_modules/a/index.js",
    ".env",
    "gateway/.env.local",
    "gateway/server.key",
    "coverage/index.html",
  ])("is never %s", (file) => {
    expect(findForbidden(file, 10, "")).toHaveLength(1);
  });

  it("has no merge left in it, no private key, nothing huge", () => {
    expect(findForbidden("a.ts", 10, `${"<".repeat(7)} HEAD`)).toHaveLength(1);
    expect(findForbidden("a.ts", 10, `-----BEGIN EC ${"PRIVATE"} KEY-----`)).toHaveLength(1);
    expect(findForbidden("a.bin", largestBytes + 1, "")).toHaveLength(1);
  });
});
