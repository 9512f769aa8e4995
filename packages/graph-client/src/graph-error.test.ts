import { describe, expect, it } from "@jest/globals";
import { errorMeanings } from "./generated/codes.ts";
import { sortErrors, withheldFields } from "./graph-error.ts";

const error = (code: string, path?: (string | number)[], extensions: object = {}) => ({
  message: `About ${code}.`,
  ...(path && { path }),
  extensions: { code, ...extensions },
});

describe("the errors of a response", () => {
  it("are sorted by what they ask of the program, with path, service and id", () => {
    const sorted = sortErrors([
      error("FORBIDDEN", ["people", "nodes", 3, "email"], { service: "organisations" }),
      error("SUBGRAPH_UNAVAILABLE", ["events"], { service: "events" }),
      error("BAD_USER_INPUT"),
      error("ACTING_ORGANISATION_REFUSED"),
      error("INTERNAL", ["me"], { id: "an-id" }),
    ]);
    expect(sorted).toEqual({
      withheld: [
        {
          kind: "withheld",
          code: "FORBIDDEN",
          message: "About FORBIDDEN.",
          path: ["people", "nodes", 3, "email"],
          field: "people.nodes.email",
          service: "organisations",
          id: null,
        },
      ],
      unavailable: [expect.objectContaining({ field: "events", service: "events" })],
      badInput: [expect.objectContaining({ path: [], field: "" })],
      identity: [expect.objectContaining({ code: "ACTING_ORGANISATION_REFUSED" })],
      broken: [expect.objectContaining({ id: "an-id" })],
    });
  });

  it("that nobody is signed in: of a field it is withheld, of a request the token is bad", () => {
    const sorted = sortErrors([error("UNAUTHENTICATED", ["bookings"]), error("UNAUTHENTICATED")]);
    expect(sorted.withheld.map(({ path }) => path)).toEqual([["bookings"]]);
    expect(sorted.identity).toHaveLength(1);
  });

  it("are broken when their code is unknown or missing", () => {
    expect(sortErrors([error("toString"), { message: "No code." }]).broken.map(({ code }) => code)).toEqual([
      "toString",
      "INTERNAL",
    ]);
  });

  it("are none where there are none", () => {
    expect(Object.values(sortErrors(undefined)).flat()).toEqual([]);
  });

  it("have a kind for every code that the gateway documents", () => {
    const sorted = sortErrors(Object.keys(errorMeanings).map((code) => error(code)));
    expect(sorted.broken.map(({ code }) => code)).toEqual(["SUBGRAPH_ANSWER_REFUSED", "INTERNAL"]);
  });
});

describe("withheld fields", () => {
  it("come once for a field and reason, with their count", () => {
    const errors = [0, 1, 2].map((row) => error("FORBIDDEN", ["people", "nodes", row, "email"]));
    expect(withheldFields([...errors, error("UNAUTHENTICATED", ["me"]), error("INTERNAL", ["events"])])).toEqual([
      { field: "people.nodes.email", code: "FORBIDDEN", message: "About FORBIDDEN.", count: 3 },
      { field: "me", code: "UNAUTHENTICATED", message: "About UNAUTHENTICATED.", count: 1 },
    ]);
  });
});
