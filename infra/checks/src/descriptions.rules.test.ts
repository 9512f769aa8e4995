import { describe, expect, it } from "@jest/globals";
import { parse } from "graphql";
import { findUndescribed } from "./descriptions.rules.ts";

describe("what a supergraph leaves undescribed", () => {
  it("is named by its coordinate", () => {
    const found = findUndescribed(
      parse(`
        type Query { "All." events: [Event] places: Int }
        type Event { "Its id." id: ID! title: String }
        "A state." enum State { "Open." OPEN SHUT }
        input Where { title: String }
        scalar Odd
      `),
    );
    expect(found).toEqual(["Query.places", "Event", "Event.title", "State.SHUT", "Where", "Where.title", "Odd"]);
  });

  it("leaves out what composition adds", () => {
    expect(
      findUndescribed(
        parse(`enum join__Graph { A } directive @link on SCHEMA scalar link__Import scalar policy__Policy`),
      ),
    ).toEqual([]);
  });
});
