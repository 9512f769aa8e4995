import { createLogger } from "@clic/telemetry";
import { expect, it } from "@jest/globals";
import { createLibraryLog } from "./library-log.ts";

it("a library's log keeps the library's words and loses those of the error behind them", () => {
  let lines = "";
  const log = createLibraryLog(createLogger("gateway", "info", { write: (line) => void (lines += line) }), "server");
  log.error(`Unexpected error processing request: ${String(new Error("canary: secret"))}`);
  log.warn(new Error("canary"));
  expect(lines).toContain("Unexpected error processing request");
  expect(lines).toContain("something that is no text");
  expect(lines).not.toContain("canary");
});
