import { seedId } from "@clic/seed-data";
import {
  lead,
  member,
  startTestSubgraph,
  type TestSubgraph,
  walkListSight,
  walkListRights,
} from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { bookings } from "../src/booking/booking.entity.ts";
import { bookingList } from "../src/booking/booking.list.ts";
import { loadDemonstration } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph } from "../src/schema.ts";

let world: TestSubgraph;
beforeAll(async () => {
  world = await startTestSubgraph(subgraph, [loadFounding, loadDemonstration]);
});
afterAll(() => world.stop());

describe("every field of every list, in every role", () => {
  it("is filtered, ordered, grouped and aggregated by those who may select it, and by nobody else", async () => {
    const { violations, judged } = await walkListRights(world, subgraph, seedId("Organisation", "demo-practice-1"));
    expect(violations).toEqual([]);
    expect(judged).toBeGreaterThan(100);
  });

  it("would be noticed where a declaration says nothing of who may select it", async () => {
    const declared = bookingList.fields.personId as { visibleTo?: unknown };
    const { visibleTo } = declared;
    delete declared.visibleTo;
    try {
      const { violations } = await walkListRights(world, subgraph, seedId("Organisation", "demo-practice-1"));
      expect(violations).toEqual([
        expect.stringMatching(/^Booking\.personId as ANALYST is withheld, and yet allowed: filter/),
      ]);
    } finally {
      declared.visibleTo = visibleTo;
    }
  });
});

describe("a list that reaches for what the viewer sees", () => {
  it("shows all that the row policy shows, in every role", async () => {
    const viewers = [member(), lead()];
    const { violations, judged } = await walkListSight(
      world,
      subgraph,
      seedId("Organisation", "demo-practice-1"),
      viewers,
    );
    expect(violations).toEqual([]);
    expect(judged).toBeGreaterThan(4);
  });

  it("would be noticed where it hides some of it", async () => {
    const declared = bookings as { sight: unknown };
    const { sight } = declared;
    declared.sight = () => [];
    try {
      const { violations } = await walkListSight(world, subgraph, seedId("Organisation", "demo-practice-1"), [
        member(),
      ]);
      expect(violations).toContainEqual(expect.stringMatching(/^Booking as viewer 0: 0 of \d rows$/));
    } finally {
      declared.sight = sight;
    }
  });
});
