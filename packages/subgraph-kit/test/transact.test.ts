import { newGlobalId } from "@clic/global-id";
import { rollback } from "@clic/subgraph-kit";
import { office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { transact } from "../src/transact.ts";
import { createSubgraph, VenueEntity } from "./fixture/events.subgraph.ts";

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(createSubgraph());
});
afterAll(() => subgraph.stop());

const names = async () =>
  (await subgraph.arrange(({ em }) => em.find(VenueEntity, {}))).map((venue) => venue.name).sort();
const run = <Result>(work: Parameters<typeof transact<Result>>[3]) =>
  transact(subgraph.orm.em, office(), new Date(), work);

describe("a use case", () => {
  it("keeps everything or nothing", async () => {
    await expect(
      run(async ({ em }) => {
        await em.insert(VenueEntity, { id: newGlobalId("Venue"), name: "half-written" });
        throw new Error("in the middle");
      }),
    ).rejects.toThrow("in the middle");
    expect(await names()).not.toContain("half-written");
  });

  it("can refuse and undo what it wrote", async () => {
    const result = await run(async ({ em }) => {
      await em.insert(VenueEntity, { id: newGlobalId("Venue"), name: "refused" });
      rollback({ code: "NO" });
    });
    expect(result).toEqual({ code: "NO" });
    expect(await names()).not.toContain("refused");
  });

  it("leaves the pool its connections, however many end in the middle", async () => {
    for (let each = 0; each < 12; each++)
      await expect(run(({ em }) => em.execute("select pg_terminate_backend(pg_backend_pid())"))).rejects.toThrow();
    expect(await names()).not.toContain("half-written");
  });

  it("is repeated after a deadlock, so that both of two get through", async () => {
    const [a, b] = [newGlobalId("Venue"), newGlobalId("Venue")];
    await run(async ({ em }) => {
      await em.insert(VenueEntity, { id: a, name: "a" });
      await em.insert(VenueEntity, { id: b, name: "b" });
    });
    const rename = (first: string, second: string, suffix: string) =>
      run(async ({ em }) => {
        await em.nativeUpdate(VenueEntity, { id: first }, { name: `1${suffix}` });
        await em.execute("select pg_sleep(0.2)");
        await em.nativeUpdate(VenueEntity, { id: second }, { name: `2${suffix}` });
      });
    await Promise.all([rename(a, b, "x"), rename(b, a, "y")]);
    const kept = await names();
    expect(kept.every((name) => name.endsWith("x")) || kept.every((name) => name.endsWith("y"))).toBe(true);
  });
});
