import { describe, expect, it } from "@jest/globals";
import { z } from "zod";

import { defineFact } from "./fact.definition.ts";

describe("the definition of a fact", () => {
  it.each(["accepted", "organisations.", "Organisations.accepted", "organisations.request accepted", "a.b.c"])(
    "refuses the type %p",
    (type) => {
      expect(() => defineFact({ type, version: 1, data: z.object({}) })).toThrow(TypeError);
    },
  );

  it.each([0, 1.5, Number.NaN])("refuses version %p", (version) => {
    expect(() => defineFact({ type: "organisations.request-accepted", version, data: z.object({}) })).toThrow(
      TypeError,
    );
  });
});
