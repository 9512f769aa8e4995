import { newGlobalId } from "@clic/global-id";
import { once, rollback, type UseCase } from "@clic/subgraph-kit";
import { anonymous, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { transact } from "../src/transact.ts";
import { createSubgraph, VenueEntity } from "./fixture/events.subgraph.ts";

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(createSubgraph());
});
afterAll(() => subgraph.stop());

type Viewer = ReturnType<typeof office>;
type Input = { idempotencyKey?: string | null; name: string; [more: string]: unknown };
const add = async ({ em }: UseCase, { name }: Input) => {
  const id = newGlobalId("Venue");
  await em.insert(VenueEntity, { id, name });
  return { id };
};
const send = (input: Input, viewer: Viewer = office(), mutation = "addVenue", work = add) =>
  transact(subgraph.orm.em, viewer, new Date(), (useCase) =>
    once(useCase, { mutation, input }, (inner) => work(inner, input)),
  );
const count = async (name: string) => subgraph.arrange(({ em }) => em.count(VenueEntity, { name }));
const used = { code: "INVALID_INPUT", message: expect.stringMatching(/sent with another input/) };

describe("what is sent with an idempotency key", () => {
  it("is done once, and answered the same each time, in whichever order its fields stand", async () => {
    const first = await send({ idempotencyKey: "a", name: "once", more: { x: 1, y: [2] } });
    expect(await send({ more: { y: [2], x: 1 }, name: "once", idempotencyKey: "a" })).toEqual(first);
    expect(await count("once")).toBe(1);
  });

  it("is done once when it is sent 30 times at the same moment: the others wait for the first", async () => {
    const slowly = async (useCase: UseCase, input: Input) => {
      await useCase.em.execute("select pg_sleep(0.05)");
      return add(useCase, input);
    };
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => send({ idempotencyKey: "race", name: "raced" }, office(), "addVenue", slowly)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await count("raced")).toBe(1);
  });

  it("is refused with another input or for another mutation, which does nothing", async () => {
    await send({ idempotencyKey: "b", name: "first" });
    expect(await send({ idempotencyKey: "b", name: "second" })).toMatchObject(used);
    expect(await send({ idempotencyKey: "b", name: "first" }, office(), "removeVenue")).toMatchObject(used);
    expect(await count("second")).toBe(0);
    expect(await count("first")).toBe(1);
  });

  it("is somebody's own: another person's same key is another thing", async () => {
    const mine = await send({ idempotencyKey: "c", name: "mine" });
    const theirs = await send({ idempotencyKey: "c", name: "theirs" }, member());
    expect(theirs).not.toEqual(mine);
    expect(await count("theirs")).toBe(1);
    // Row-level security alone keeps them apart, too.
    const seen = await transact(subgraph.orm.em, member(), new Date(), ({ em }) =>
      em.execute<{ n: number }[]>("select count(*)::int as n from events.idempotency_key where key <> 'c'"),
    );
    expect(seen).toEqual([{ n: 0 }]);
  });

  it("keeps its refusal, also one that undid what was written, though it would succeed by now", async () => {
    const refusal = { __typename: "NotFound", code: "NOT_FOUND", message: "no" };
    let refuse = true;
    const work = async (useCase: UseCase, input: Input) => {
      const made = await add(useCase, input);
      return refuse ? rollback(refusal) : made;
    };
    const sent = { idempotencyKey: "d", name: "undone" };
    expect(await send(sent, office(), "addVenue", work)).toEqual(refusal);
    expect(await count("undone")).toBe(0);
    refuse = false;
    expect(await send(sent, office(), "addVenue", work)).toEqual(refusal);
    expect(await count("undone")).toBe(0);
  });

  it("may be sent again after an unexpected failure, which kept nothing", async () => {
    const sent = { idempotencyKey: "e", name: "failed" };
    const fail = async (useCase: UseCase, input: Input) => {
      await add(useCase, input);
      throw new Error("in the middle");
    };
    await expect(send(sent, office(), "addVenue", fail as never)).rejects.toThrow("in the middle");
    expect(await send(sent)).toHaveProperty("id");
    expect(await count("failed")).toBe(1);
  });

  it("is forgotten after seven days, not before", async () => {
    const sent = { idempotencyKey: "f", name: "aged" };
    const first = await send(sent);
    const age = (days: number) =>
      transact(subgraph.orm.em, office(), new Date(), ({ em }) =>
        em.execute("update events.idempotency_key set made_at = now() - make_interval(days => ?) where key = 'f'", [
          days,
        ]),
      );
    await age(6);
    expect(await send(sent)).toEqual(first);
    await age(8);
    expect(await send(sent)).not.toEqual(first);
  });

  it("has a key of 1 to 200 characters", async () => {
    for (const idempotencyKey of ["", "x".repeat(201)])
      expect(await send({ idempotencyKey, name: "odd" })).toMatchObject({ code: "INVALID_INPUT" });
    expect(await send({ idempotencyKey: "x".repeat(200), name: "odd" })).toHaveProperty("id");
  });
});

describe("what is sent without a key, or by nobody", () => {
  it("is done each time", async () => {
    await send({ name: "twice" });
    await send({ name: "twice", idempotencyKey: null });
    await send({ name: "twice", idempotencyKey: "x" }, anonymous);
    await send({ name: "twice", idempotencyKey: "x" }, anonymous);
    expect(await count("twice")).toBe(4);
  });
});
