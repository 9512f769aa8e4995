import { describe, expect, it } from "@jest/globals";
import { createOverload } from "./overload.ts";

describe("overload", () => {
  /** How many are let in together, looked at `times` times under a lag. */
  function letIn(lag: number, times: number): number {
    const overload = createOverload({ minInFlight: 10, maxInFlight: 100, targetLagMs: 50, lag: () => lag });
    let inFlight = 0;
    for (let time = 0; time <= times; time++) {
      while (overload.begin()) inFlight += 1;
      if (time < times) overload.adjust();
      if (time === times) break;
      for (; inFlight > 0; inFlight--) overload.end();
    }
    overload.close();
    return inFlight;
  }

  it("lets in more while the event loop keeps up, up to a limit", () => {
    expect(letIn(5, 0)).toBe(40);
    expect(letIn(5, 2)).toBe(49);
    expect(letIn(5, 50)).toBe(100);
  });

  it("lets in fewer while it lags, and never less than the least", () => {
    expect(letIn(80, 1)).toBe(30);
    expect(letIn(80, 50)).toBe(10);
  });

  it("doesn't let in more than were asked for before it grows", () => {
    const overload = createOverload({ minInFlight: 10, maxInFlight: 100, lag: () => 0 });
    for (let time = 0; time < 50; time++) overload.adjust();
    let inFlight = 0;
    while (overload.begin()) inFlight += 1;
    expect(inFlight).toBe(40);
    overload.end();
    expect([overload.begin(), overload.begin()]).toEqual([true, false]);
    overload.close();
  });

  it("notices by itself that the event loop stood still", async () => {
    const overload = createOverload({ minInFlight: 1, maxInFlight: 4, targetLagMs: 50 });
    const allowed = (): number => {
      let inFlight = 0;
      while (overload.begin()) inFlight += 1;
      for (let n = 0; n < inFlight; n++) overload.end();
      return inFlight;
    };
    expect(allowed()).toBe(4);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const end = performance.now() + 300;
    while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(allowed()).toBeLessThan(4);
    overload.close();
  });
});
