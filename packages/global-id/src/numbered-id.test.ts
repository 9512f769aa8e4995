import { describe, expect, it } from "@jest/globals";
import { validate, version } from "uuid";
import {
  deterministicUuid,
  globalIdPrefixes,
  isGlobalId,
  numberedGlobalId,
  numberedUuid,
  numberedUuids,
} from "./index.ts";

const numbers = [...Array.from({ length: 5_000 }, (_, index) => index), 2 ** 20, 2 ** 31, 2 ** 32];

describe("a numbered id", () => {
  it("is a uuid v7 of its type, in the order of the numbers", () => {
    const uuids = numbers.map((number) => numberedUuid("Booking", number));
    for (const uuid of uuids) expect([validate(uuid), version(uuid)]).toEqual([true, 7]);
    expect(uuids).toEqual([...new Set(uuids)].sort());
    expect(isGlobalId(numberedGlobalId("Booking", 7), "Booking")).toBe(true);
  });

  it("is the same for ever", () => {
    expect(numberedGlobalId("Event", 0)).toBe("evt_016f5e66-e801-7f42-97cd-42aee63a6492");
    expect(numberedGlobalId("Person", 16_999)).toBe("per_016f5e67-2a68-7a0c-91f5-a1f4290ce1c8");
  });

  it("differs from type to type", () => {
    const types = Object.keys(globalIdPrefixes) as (keyof typeof globalIdPrefixes)[];
    expect(new Set(types.map((type) => numberedUuid(type, 3))).size).toBe(types.length);
  });

  it("lies in a span where no other id does", () => {
    for (const number of numbers) {
      const uuid = numberedUuid("Course", number);
      expect(uuid > numberedUuids.first && uuid < numberedUuids.last).toBe(true);
    }
    expect(deterministicUuid("Course", "demo-course-1") < numberedUuids.first).toBe(true);
  });
});
