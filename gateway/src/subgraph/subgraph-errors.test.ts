import { describe, expect, it } from "@jest/globals";
import type { AnswerError } from "@clic/subgraph-fetch";
import { pino } from "pino";
import { errorCatalogue } from "../error-catalogue.ts";
import { maskSubgraphErrors } from "./subgraph-errors.ts";

const refusal: AnswerError = { code: "FORBIDDEN", message: "Only the office may see this.", path: ["a"], id: "abc-1" };

function mask(stranger: boolean, error: AnswerError): { told: any; logged: string } {
  let logged = "";
  const log = pino({ level: "info" }, { write: (line: string) => void (logged += line) });
  const [told] = maskSubgraphErrors([error], { name: "events", stranger }, log);
  return { told, logged };
}

describe("an error of a subgraph of the house", () => {
  it("keeps its message under a code that a service may speak under", () => {
    expect(mask(false, refusal).told).toEqual({
      message: "Only the office may see this.",
      path: ["a"],
      extensions: { code: "FORBIDDEN", service: "events" },
    });
  });

  it.each(["see https://10.0.0.1/x", "TypeError\n    at x", "x".repeat(500)])("loses a message like %j", (message) => {
    const { told, logged } = mask(false, { ...refusal, message });
    expect(told).toMatchObject({ message: errorCatalogue.FORBIDDEN, extensions: { code: "FORBIDDEN", id: "abc-1" } });
    expect(logged).toContain("abc-1");
  });
});

describe("an error of a stranger", () => {
  it("is told in the gateway's words, under an id of the gateway's that the log has beside the stranger's", () => {
    const { told, logged } = mask(true, refusal);
    const { id } = told.extensions;
    expect(told).toEqual({
      message: errorCatalogue.FORBIDDEN,
      path: ["a"],
      extensions: { code: "FORBIDDEN", service: "events", id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    for (const part of [id, "abc-1"]) expect(logged).toContain(part);
    expect(logged).not.toContain(refusal.message);
  });

  it("cannot speak under one of the gateway's own codes", () => {
    expect(mask(true, { ...refusal, code: "IDENTITY_UNAVAILABLE" }).told.extensions.code).toBe("INTERNAL");
  });
});
