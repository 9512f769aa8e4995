import { describe, expect, it } from "@jest/globals";
import { type Guest, type Overload, createOverload } from "./overload.ts";

/** Somebody at work. */
const guest = (): Guest => ({ idle: () => false, drop() {} });

describe("overload", () => {
  /** Lets in guests until one is refused. */
  function fill(overload: Overload): readonly Guest[] {
    const guests: Guest[] = [];
    for (let next = guest(); overload.begin(next); next = guest()) guests.push(next);
    return guests;
  }

  /** How many are let in together, looked at `times` times under a lag. */
  function letIn(lag: number, times: number): number {
    const overload = createOverload({ minInFlight: 10, maxInFlight: 100, targetLagMs: 50, lag: () => lag });
    let guests: readonly Guest[] = [];
    for (let time = 0; time <= times; time++) {
      guests.forEach(overload.end);
      guests = fill(overload);
      if (time < times) overload.adjust();
    }
    overload.close();
    return guests.length;
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
    const guests = fill(overload);
    expect(guests).toHaveLength(40);
    overload.end(guests[7]!);
    overload.end(guests[7]!);
    expect([overload.begin(guest()), overload.begin(guest())]).toEqual([true, false]);
    overload.close();
  });

  it("notices by itself that the event loop stood still", async () => {
    const overload = createOverload({ minInFlight: 1, maxInFlight: 4, targetLagMs: 50 });
    const allowed = (): number => {
      const guests = fill(overload);
      guests.forEach(overload.end);
      return guests.length;
    };
    expect(allowed()).toBe(4);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const end = performance.now() + 300;
    while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(allowed()).toBeLessThan(4);
    overload.close();
  });

  it("takes the places of those whose senders keep them waiting, while others are refused and not before", () => {
    const overload = createOverload({ minInFlight: 3, maxInFlight: 3, lag: () => 0 });
    const dropped: string[] = [];
    const idling = (name: string, idle: () => boolean): Guest => ({ idle, drop: () => void dropped.push(name) });
    let reading = false;
    overload.begin(idling("slow", () => true));
    overload.begin(idling("at work", () => false));
    overload.begin(idling("now and then", () => (reading = !reading)));
    for (let look = 0; look < 20; look++) overload.adjust();
    expect(dropped).toEqual([]);
    expect(overload.begin(guest())).toBe(false);
    overload.adjust();
    expect(dropped).toEqual(["slow"]);
    expect([overload.begin(guest()), overload.begin(guest())]).toEqual([true, false]);
    for (let look = 0; look < 20; look++) {
      overload.begin(guest());
      overload.adjust();
    }
    expect(dropped).toEqual(["slow"]);
    overload.close();
  });

  it("waits a moment for the rest of what has only begun to come", () => {
    const overload = createOverload({ minInFlight: 1, maxInFlight: 1, lag: () => 0 });
    let dropped = 0;
    overload.begin({ idle: () => true, drop: () => void (dropped += 1) });
    for (let look = 0; look < 4; look++) {
      expect(overload.begin(guest())).toBe(false);
      overload.adjust();
    }
    expect(dropped).toBe(0);
    overload.begin(guest());
    overload.adjust();
    expect(dropped).toBe(1);
    overload.close();
  });
});
