import { describe, expect, it } from "@jest/globals";
import { buildSchema } from "graphql";
import { findWithheld } from "./withheld.ts";

const schema = buildSchema(`
  type Query { bookings: [Booking!] me: Person }
  type Booking {
    "Who booked; null where that is withheld from the viewer."
    person: Person
    "Null where nobody has cancelled."
    cancelledAt: String
  }
  type Person { name: String }
`);
const query = "{ all: bookings { ... on Booking { who: person { name } cancelledAt } } }";

describe("what an answer withholds", () => {
  it("is what errors say, each field and reason once, with their number", () => {
    const error = (row: number) => ({
      message: "Not for you.",
      path: ["events", row, "email"],
      extensions: { code: "FORBIDDEN" },
    });
    const other = { message: "Away.", path: ["venue"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } };
    expect(findWithheld({ errors: [error(0), error(1), other] }, "{ x }", null)).toEqual([
      { field: "events.email", code: "FORBIDDEN", why: "Not for you.", count: 2 },
    ]);
  });

  it("is the whole request where the token or its owner is refused", () => {
    const errors = [{ message: "Sign in again.", extensions: { code: "UNAUTHENTICATED" } }];
    expect(findWithheld({ errors }, "{ x }", null)).toMatchObject([{ field: "", code: "UNAUTHENTICATED" }]);
  });

  it("is a null of a field whose description speaks of withholding, under its alias, and no other null", () => {
    const data = { all: [{ who: null, cancelledAt: null }, { who: null, cancelledAt: null }, { who: { name: "M" } }] };
    expect(findWithheld({ data }, query, schema)).toEqual([
      { field: "all.who", code: null, why: "Who booked; null where that is withheld from the viewer.", count: 2 },
    ]);
  });

  it("doesn't say twice what an error has said of a null", () => {
    const errors = [{ message: "No.", path: ["all", 0, "who"], extensions: { code: "FORBIDDEN" } }];
    expect(findWithheld({ data: { all: [{ who: null }] }, errors }, query, schema)).toHaveLength(1);
  });

  it("is what a flag calls suppressed, and a refusal for who asked", () => {
    const data = {
      event: { confirmedCount: null, countsSuppressed: true },
      other: { countsSuppressed: false },
      bookPlace: { code: "NOT_ALLOWED", message: "Sign in as a member." },
      again: { code: "ALREADY_BOOKED", message: "You have." },
    };
    expect(findWithheld({ data }, "not graphql", schema).map(({ field, code }) => [field, code])).toEqual([
      ["event.countsSuppressed", null],
      ["bookPlace", "NOT_ALLOWED"],
    ]);
  });
});
