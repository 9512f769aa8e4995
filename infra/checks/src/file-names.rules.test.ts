import { describe, expect, it } from "@jest/globals";
import { findNameProblems } from "./file-names.rules.ts";

describe("file names", () => {
  it("may be a noun with a kind, or a verb with a noun", () => {
    const good = [
      "services/events/src/booking/booking.entity.ts",
      "services/events/src/booking/booking.rules.test.ts",
      "services/events/src/booking/book-place.ts",
      "services/events/src/generated/types.ts",
      "packages/global-id/src/global-id.prefixes.ts",
      "README.md",
    ];
    expect(findNameProblems(good)).toEqual([]);
  });

  it.each([
    "packages/bus/src/utils.ts",
    "packages/bus/src/helpers/retry.ts",
    "gateway/src/types.ts",
    "services/events/src/base.entity.ts",
  ])("say what is inside: not %s", (file) => {
    expect(findNameProblems([file])).toHaveLength(1);
  });

  it("use the kinds that every slice uses", () => {
    expect(findNameProblems(["services/events/src/booking/booking.service.ts"])[0]).toMatch(
      /^services.*: is of no known kind \(service\)/,
    );
  });

  it("are in lower case, with hyphens", () => {
    expect(findNameProblems(["gateway/src/planCache.ts"])).toHaveLength(1);
  });
});
