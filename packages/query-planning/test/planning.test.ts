import { composeServices } from "@apollo/composition";
import { afterEach, describe, expect, it } from "@jest/globals";
import { parse } from "graphql";
import { type Planner, type PlannerOptions, createPlanStore, createPlanner } from "../src/index.ts";

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])';
const sdls = {
  people: `${LINK} type Query { person: Person } type Person @key(fields: "id") { id: ID! name: String friend: Person }`,
  places: `${LINK} type Person @key(fields: "id") { id: ID! home: Place } type Place { id: ID! owner: Person }`,
};
const { supergraphSdl: supergraph } = composeServices(
  Object.entries(sdls).map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: `http://${name}.example` })),
) as { supergraphSdl: string };

/** Short, and four times as many ways through the subgraphs with every fragment. */
function doubled(fragments: number): string {
  const each = Array.from(
    { length: fragments },
    (_, n) => `fragment F${n} on Person {
      a: home { owner { ...F${n + 1} } } b: home { owner { ...F${n + 1} } } c: friend { ...F${n + 1} } d: friend { ...F${n + 1} } }`,
  );
  return `{ person { ...F0 } } ${each.join("")} fragment F${fragments} on Person { name }`;
}
const ENDLESS = doubled(8);
const SHORT = "{ person { name home { id } } }";

describe("planning on threads", () => {
  let planner: Planner | undefined;
  afterEach(() => planner?.close());
  const start = async (options: Partial<PlannerOptions> = {}): Promise<Planner> => {
    planner = createPlanner({ supergraph, threads: 1, ...options });
    await planner.ready();
    return planner;
  };

  it("plans what the gateway's library then executes", async () => {
    const { plan } = await start();
    const {
      plan: { kind, node },
    } = await plan({ document: SHORT, operationName: undefined });
    expect([kind, node?.kind]).toEqual(["QueryPlan", "Sequence"]);
    expect(JSON.stringify(node)).toMatch(/"serviceName":"people".*"serviceName":"places"/);
  });

  it("plans the operation that is named, and rejects what doesn't fit the supergraph", async () => {
    const { plan } = await start();
    const document = "query A { person { name } } query B { person { home { id } } }";
    expect(JSON.stringify(await plan({ document, operationName: "A" }))).not.toContain("places");
    expect(JSON.stringify(await plan({ document, operationName: "B" }))).toContain("places");
    await expect(plan({ document: "{ nothing }", operationName: undefined })).rejects.toThrow(/nothing/);
  });

  it("ends a thread whose plan outlasts its budget, while the event loop goes on, and plans again after it", async () => {
    const { plan } = await start({ budgetMs: 500 });
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 10);
    await expect(plan({ document: ENDLESS, operationName: undefined })).rejects.toMatchObject({
      code: "OPERATION_TOO_COSTLY",
      message: expect.stringContaining("500 ms"),
    });
    clearInterval(turning);
    expect(turns).toBeGreaterThan(5);
    expect((await plan({ document: SHORT, operationName: undefined }, { budgetMs: 30_000 })).plan.kind).toBe(
      "QueryPlan",
    );
  });

  it("ends a thread whose plan outlasts its memory", async () => {
    const { plan } = await start({ budgetMs: 60_000, memoryMb: 64 });
    await expect(plan({ document: ENDLESS, operationName: undefined })).rejects.toMatchObject({
      code: "OPERATION_TOO_COSTLY",
      message: expect.stringContaining("64 MB"),
    });
    expect((await plan({ document: SHORT, operationName: undefined })).plan.kind).toBe("QueryPlan");
  });

  it("tells what the planner gives up by itself as too costly, too", async () => {
    const { plan } = await start();
    await expect(plan({ document: doubled(14), operationName: undefined })).rejects.toMatchObject({
      code: "OPERATION_TOO_COSTLY",
      message: expect.stringContaining("recursive selections"),
    });
  });

  it("refuses a plan that is too large to read at once", async () => {
    const { plan } = await start({ maxAnswerSize: 100 });
    await expect(plan({ document: SHORT, operationName: undefined })).rejects.toMatchObject({
      code: "OPERATION_TOO_COSTLY",
    });
  });

  it("refuses operations of a sender at once when too many of theirs wait, and not those of others", async () => {
    const { plan } = await start({ maxWaiting: 1 });
    const task = { document: SHORT, operationName: undefined };
    const settled = await Promise.allSettled([plan(task), plan(task), plan(task), plan(task, { sender: "another" })]);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(settled[2]).toMatchObject({ reason: { code: "PLANNER_BUSY" } });
  });

  it("lets senders take turns, so that one who asks for much keeps nobody else waiting", async () => {
    const { plan } = await start();
    const order: string[] = [];
    const ask = (sender: string): Promise<unknown> =>
      plan({ document: SHORT, operationName: undefined }, { sender }).then(() => order.push(sender));
    await Promise.all(["much", "much", "much", "much", "little", "other", "little"].map(ask));
    expect(order).toEqual(["much", "much", "little", "other", "much", "little", "much"]);
  });

  it("answers what asks for the schema, within the same budget", async () => {
    const { introspect } = await start();
    const document = "query($n: String!) { __type(name: $n) { name fields { name } } }";
    expect(await introspect({ document, operationName: undefined, variables: { n: "Place" } })).toEqual({
      data: { __type: { name: "Place", fields: [{ name: "id" }, { name: "owner" }] } },
    });
    const hidden = { document: '{ __type(name: "_Entity") { name } }', operationName: undefined, variables: {} };
    expect(await introspect(hidden)).toEqual({ data: { __type: null } });
    const wide = Array.from(
      { length: 20_000 },
      (_, n) => `a${n}: __schema { types { fields { type { fields { name } } } } }`,
    );
    await planner!.close();
    await expect(
      (await start({ budgetMs: 100 })).introspect({
        document: `{ ${wide.join(" ")} }`,
        operationName: undefined,
        variables: {},
      }),
    ).rejects.toMatchObject({ code: "OPERATION_TOO_COSTLY" });
  });

  it("leaves nothing waiting when it is closed", async () => {
    const { plan, close } = await start({ budgetMs: 60_000 });
    const planning = plan({ document: ENDLESS, operationName: undefined });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([expect(planning).rejects.toThrow("has ended"), close()]);
  });
});

describe("a store of plans", () => {
  const counting = (refuse?: Error, size = 10): { planned: string[]; plan: Planner["plan"] } => {
    const planned: string[] = [];
    return {
      planned,
      async plan({ document, operationName }) {
        planned.push(`${operationName ?? "-"} ${document.replaceAll(/\s+/g, " ")}`);
        if (refuse) throw refuse;
        return { plan: { kind: "QueryPlan" }, size };
      },
    };
  };

  it("plans once what is executed, whoever asks and however often, and each operation of a document by itself", async () => {
    const planner = counting();
    const store = createPlanStore(planner);
    const both = parse("query A { a } query B { b }");
    await Promise.all([store.planOf(both, "A"), store.planOf(both, "A"), store.planOf(both, "B")]);
    await store.planOf(parse("query A{a}query B{b}"), "A");
    expect(planner.planned).toEqual(["A query A { a } query B { b }", "B query A { a } query B { b }"]);
    await Promise.all([store.planOf(parse("query A {a}"), "A"), store.planOf(parse("query A {a}"), undefined)]);
    expect(planner.planned).toHaveLength(3);
  });

  it("keeps apart what two callers may see of one text", async () => {
    const planner = counting();
    const store = createPlanStore(planner);
    const whole = parse("{ name salary }");
    await store.planOf(whole, undefined);
    await store.planOf(parse("{ name }"), undefined);
    expect(planner.planned).toEqual(["- { name salary }", "- { name }"]);
  });

  it("doesn't plan again what was too costly, and does what failed by chance", async () => {
    const { PlanningRefused } = await import("../src/index.ts");
    for (const [error, times] of [
      [new PlanningRefused("OPERATION_TOO_COSTLY", "too long"), 1],
      [new PlanningRefused("PLANNER_BUSY", "many wait"), 2],
      [new Error("the thread has ended"), 2],
    ] as const) {
      const planner = counting(error);
      const store = createPlanStore(planner);
      await expect(store.planOf(parse("{ a }"), undefined)).rejects.toBe(error);
      await expect(store.planOf(parse("{ a }"), undefined)).rejects.toBe(error);
      expect(planner.planned).toHaveLength(times);
    }
  });

  it("forgets what was asked for least lately, by number and by the characters of plans, and never what is kept", async () => {
    for (const [size, options, left] of [
      [10, { maxPlans: 3 }, 3],
      [1_000, { maxCharacters: 5_000 }, 4],
    ] as const) {
      const planner = counting(undefined, size);
      const store = createPlanStore(planner, options);
      await store.keep([{ document: "{ kept }", operationName: undefined }]);
      const ask = (n: number): Promise<unknown> => store.planOf(parse(`{ a${n} }`), undefined);
      for (let n = 0; n < 10; n++) await ask(n);
      planner.planned.length = 0;
      for (let n = 10 - left; n < 10; n++) await ask(n);
      await store.planOf(parse("{ kept }"), undefined);
      expect(planner.planned).toEqual([]);
      await ask(9 - left);
      expect(planner.planned).toHaveLength(1);
      await store.keep([]);
      for (let n = 20; n < 30; n++) await ask(n);
      await store.planOf(parse("{ kept }"), undefined);
      expect(planner.planned.at(-1)).toBe("- { kept }");
    }
  });

  it("tells what is asked for most often, and another can be warmed with it", async () => {
    const store = createPlanStore(counting());
    for (const text of ["{ seldom }", "{ often }", "{ often }", "{ once }", "{ often }", "{ seldom }"])
      await store.planOf(parse(text), undefined);
    const hottest = store.hottest(2);
    expect(hottest.map(({ document }) => document.replaceAll(/\s+/g, " "))).toEqual(["{ often }", "{ seldom }"]);
    const planner = counting();
    const next = createPlanStore(planner);
    await next.warm([...hottest, { document: "no GraphQL", operationName: undefined }]);
    await next.planOf(parse("{ often }"), undefined);
    expect(planner.planned).toEqual(["- { often }", "- { seldom }"]);
  });
});
