import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createReplayMemory } from "./replay-memory.ts";

describe("the replay memory", () => {
  it("refuses any id used less than a retention ago", () => {
    const steps = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 12 })), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (uses) => {
        const memory = createReplayMemory(35);
        const lastUse = new Map<string, number>();
        let now = 1_000;
        for (const [pause, id] of uses) {
          now += pause;
          const last = lastUse.get(String(id));
          const fresh = memory.firstUse(String(id), now);
          const mustBeFresh = last === undefined;
          const mustBeStale = last !== undefined && now - last <= 35;
          expect({ fresh, mustBeFresh, mustBeStale }).not.toMatchObject({ fresh: true, mustBeStale: true });
          expect({ fresh, mustBeFresh, mustBeStale }).not.toMatchObject({ fresh: false, mustBeFresh: true });
          if (fresh) lastUse.set(String(id), now);
        }
      }),
    );
  });

  it("forgets: it never holds more than what came in the last two retentions", () => {
    const memory = createReplayMemory(35);
    for (let use = 0; use < 100_000; use += 1) memory.firstUse(`id${use}`, Math.floor(use / 100));
    expect(memory.size()).toBeLessThanOrEqual(100 * 72);
    memory.firstUse("late", 1_000_000);
    expect(memory.size()).toBe(1);
  });
});
