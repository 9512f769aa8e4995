import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import {
  type BudgetChanges,
  type Circuit,
  type SubgraphFetch,
  type SubgraphFetchRequest,
  type SubgraphFailure,
  createBudget,
  createSubgraphFetch,
} from "../src/index.ts";
import { type EventsSubgraph, startEventsSubgraph } from "./events-subgraph.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { changed, harmless, refused, say, unavailable } from "./faults.ts";

const QUERY = "{ events { title } }";
const HONEST = { events: [{ title: "Launch" }, { title: "Launch" }] };

let subgraph: EventsSubgraph;
let proxy: FaultProxy;
const open: SubgraphFetch[] = [];
beforeAll(async () => {
  subgraph = await startEventsSubgraph();
});
afterAll(() => subgraph.close());
afterEach(async () => {
  await Promise.all([...open.splice(0).map((way) => way.close()), proxy.close()]);
});

async function start(changes: BudgetChanges, circuits: Circuit[] = []): Promise<SubgraphFetch> {
  proxy = await startFaultProxy(subgraph.origin);
  const way = createSubgraphFetch({
    url: `${proxy.origin}/graphql`,
    budget: createBudget(changes, { deadlineMs: 10_000, maxBytes: 1_000_000, breakAfter: 1_000 }),
    onCircuit: (circuit) => circuits.push(circuit),
  });
  open.push(way);
  return way;
}

const read = (changes: Partial<SubgraphFetchRequest> = {}): SubgraphFetchRequest => ({
  query: QUERY,
  repeatable: true,
  headers: () => ({}),
  ...changes,
});
const failure = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
const again = (times: number): readonly undefined[] => Array.from({ length: times }, () => undefined);

describe("a subgraph that gives no answer", () => {
  it.each(Object.entries(unavailable))("and %s is unavailable", async (_name, play) => {
    const way = await start({ retries: 1 });
    proxy.play = play;
    const hasty = read({ deadlineMs: 400 });
    expect(await failure(way.send(hasty))).toMatchObject({ name: "SubgraphFailure", kind: "unavailable" });
    proxy.play = undefined;
    expect((await way.send(read())).data).toEqual(HONEST);
  });

  it("and is not there at all is unavailable", async () => {
    const way = await start({});
    await proxy.close();
    expect(await failure(way.send(read()))).toMatchObject({ finding: "connection", reason: "ECONNREFUSED" });
  });
});

describe("a subgraph that gives an answer that must not be used", () => {
  it.each(Object.entries(refused))("and %s is refused", async (_name, play) => {
    const way = await start({});
    proxy.play = play;
    const error = (await failure(way.send(read()))) as SubgraphFailure;
    expect(error).toMatchObject({ name: "SubgraphFailure", kind: "refused" });
    expect(proxy.received).toHaveLength(1);
    proxy.play = undefined;
    expect((await way.send(read())).data).toEqual(HONEST);
  });

  it("is cut off as it grows, not read to its end", async () => {
    const way = await start({ maxBytes: 100_000 });
    let written = 0;
    proxy.play = ({ response, socket }) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "300000000" });
      const pour = (): void => {
        while (!socket.destroyed && socket.bytesWritten < 300_000_000 && response.write(" ".repeat(64_000)));
        written = socket.bytesWritten;
      };
      response.on("drain", pour);
      pour();
    };
    expect(await failure(way.send(read()))).toMatchObject({ finding: "too large" });
    // What the kernel's buffers took; less than a tenth of what it wanted to send.
    expect(written).toBeLessThan(30_000_000);
  });
});

describe("an answer's values", () => {
  const listing = (items: readonly unknown[]): string => JSON.stringify({ data: { events: [] }, extensions: items });
  const refusal = { finding: "too large", reason: expect.stringMatching(/more than (1000 values|128 levels)/) };

  it.each([
    ["values of one kind", listing(Array.from({ length: 1_100 }, () => 1))],
    ["objects", listing(Array.from({ length: 600 }, () => ({})))],
    ["keys", listing([Object.fromEntries(Array.from({ length: 1_100 }, (_, n) => [n, n]))])],
    ["levels", `{"data":{"events":[]},"extensions":${"[".repeat(600)}${"]".repeat(600)}}`],
  ])("are as many as may be, in chunks of any size, and not more: %s", async (_what, body) => {
    for (const size of [1_000_000, 500, 1]) {
      const way = await start({ maxValues: 1_000 });
      proxy.play = async ({ response }) => {
        response.writeHead(200, { "content-type": "application/json" });
        for (let at = 0; at < body.length; at += size) response.write(body.slice(at, at + size));
        response.end();
      };
      expect(await failure(way.send(read()))).toMatchObject(refusal);
      await Promise.all([way.close(), proxy.close()]);
    }
  });

  it("are not counted in texts", async () => {
    const way = await start({ maxValues: 1_000 });
    proxy.play = say(listing(["[".repeat(3_000), '\\"[,{'.repeat(1_000), "\\"]));
    expect((await way.send(read())).data).toEqual({ events: [] });
  });
});

describe("a subgraph that is odd but honest", () => {
  it.each(Object.entries(harmless))("and %s is understood", async (_name, play) => {
    const way = await start({});
    proxy.play = play;
    const { data } = await way.send(read());
    expect(data).toMatchObject(HONEST);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("a redirect", () => {
  it("takes nobody elsewhere, even with an answer for a body", async () => {
    const way = await start({});
    const elsewhere = await startFaultProxy(subgraph.origin);
    proxy.play = say('{"data":{"events":[]}}', 307, {
      "content-type": "application/json",
      location: `${elsewhere.origin}/graphql`,
    });
    expect(await failure(way.send(read()))).toMatchObject({ finding: "redirect" });
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });
});

describe("the deadline", () => {
  it("holds for waiting, retries and body together, and the connection is closed", async () => {
    const way = await start({ deadlineMs: 1_500, retries: 10 });
    let closed = 0;
    proxy.play = async ({ socket }) => {
      socket.once("close", () => closed++);
      if (proxy.received.length < 3) socket.resetAndDestroy();
    };
    expect(await failure(way.send(read()))).toMatchObject({ finding: "deadline" });
    while (closed < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(proxy.received).toHaveLength(3);
  });

  it("can be shortened by a fetch and not lengthened", async () => {
    const way = await start({ deadlineMs: 200 });
    proxy.play = () => undefined;
    expect(await failure(way.send(read({ deadlineMs: 50 })))).toMatchObject({ reason: "no answer within 50 ms" });
    expect(await failure(way.send(read({ deadlineMs: 60_000 })))).toMatchObject({ reason: "no answer within 200 ms" });
  });

  it("ends the wait for a place too", async () => {
    const way = await start({ concurrency: 1, queue: 5 });
    proxy.play = () => undefined;
    const first = failure(way.send(read({ deadlineMs: 2_000 })));
    expect(await failure(way.send(read({ deadlineMs: 50 })))).toMatchObject({ reason: "no answer within 50 ms" });
    await way.close();
    await first;
  });
});

describe("the bulkhead", () => {
  it("lets so many at once to the subgraph, so many wait, and refuses the rest at once", async () => {
    const way = await start({ concurrency: 3, queue: 4, retries: 0 });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    proxy.play = async (exchange) => {
      await held;
      await changed((body) => body)(exchange);
    };
    const all = again(10).map(() => failure(way.send(read())));
    const refusals = await Promise.all(all.slice(7));
    for (const refusal of refusals) expect(refusal).toMatchObject({ finding: "bulkhead", kind: "unavailable" });
    while (proxy.received.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    release();
    for (const answer of await Promise.all(all.slice(0, 7))) expect(answer).toMatchObject({ data: HONEST });
    expect(proxy.most()).toBe(3);
  });
});

describe("the circuit", () => {
  const isAway = say("", 502);

  it("opens when a subgraph is away, and then costs it and the caller nothing", async () => {
    const circuits: Circuit[] = [];
    const way = await start({ breakAfter: 4, reopenMs: 60_000, retries: 0 }, circuits);
    proxy.play = isAway;
    for (const _ of again(4)) expect(await failure(way.send(read()))).toMatchObject({ finding: "gateway status" });
    expect(circuits).toEqual(["open"]);
    for (const _ of again(5)) expect(await failure(way.send(read()))).toMatchObject({ finding: "circuit" });
    expect(proxy.received).toHaveLength(4);
  });

  it("lets one fetch try after a while, refuses the others meanwhile, and closes when that one is answered", async () => {
    const circuits: Circuit[] = [];
    const way = await start({ breakAfter: 2, reopenMs: 50, retries: 0 }, circuits);
    proxy.play = isAway;
    for (const _ of again(2)) await failure(way.send(read()));
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    proxy.play = async (exchange) => {
      await held;
      await changed((body) => body)(exchange);
    };
    await new Promise((resolve) => setTimeout(resolve, 100));
    const trying = way.send(read());
    expect(way.circuit).toBe("half open");
    expect(await failure(way.send(read()))).toMatchObject({ finding: "circuit" });
    release();
    expect((await trying).data).toEqual(HONEST);
    expect(circuits).toEqual(["open", "half open", "closed"]);
    expect((await way.send(read())).data).toEqual(HONEST);
  });

  it("is not opened by answers that are refused, nor by a full bulkhead, which callers can bring about", async () => {
    const way = await start({ breakAfter: 2, reopenMs: 60_000, retries: 0, concurrency: 1, queue: 0 });
    proxy.play = say("no JSON");
    for (const _ of again(6)) expect(await failure(way.send(read()))).toMatchObject({ finding: "not JSON" });
    proxy.play = async (exchange) => changed((body) => body)(exchange);
    const [first, ...rest] = await Promise.all(again(8).map(() => failure(way.send(read()))));
    expect(first).toMatchObject({ data: HONEST });
    for (const refusal of rest) expect(refusal).toMatchObject({ finding: "bulkhead" });
    expect(way.circuit).toBe("closed");
  });
});

describe("a fetch that met a failing connection", () => {
  const failTwice = (): void => {
    proxy.play = async (exchange) => {
      if (proxy.received.length <= 2) exchange.socket.resetAndDestroy();
      else await changed((body) => body)(exchange);
    };
  };

  it("is sent again when it is a read, with headers made anew", async () => {
    const way = await start({});
    failTwice();
    let made = 0;
    const headers = (): Record<string, string> => ({ authorization: `Bearer ${++made}` });
    expect((await way.send(read({ headers }))).data).toEqual(HONEST);
    expect(proxy.received.map((one) => one.headers.authorization)).toEqual(["Bearer 1", "Bearer 2", "Bearer 3"]);
  });

  it("is sent so often at most", async () => {
    const way = await start({ retries: 1 });
    failTwice();
    expect(await failure(way.send(read()))).toMatchObject({ finding: "connection" });
    expect(proxy.received).toHaveLength(2);
  });

  it.each([
    ["a reset", unavailable["resets the connection"]!],
    ["a closed connection", unavailable["closes the connection without a word"]!],
    ["a 503", say("", 503)],
  ])("is never sent again after %s when it is a change", async (_what, play) => {
    const way = await start({});
    proxy.play = play;
    const change = way.send(read({ query: "mutation { book }", repeatable: false }));
    expect(await failure(change)).toMatchObject({ kind: "unavailable" });
    expect(proxy.received).toHaveLength(1);
  });

  it("is not sent again when an answer had begun", async () => {
    const way = await start({});
    proxy.play = unavailable["resets in mid-body"];
    expect(await failure(way.send(read()))).toMatchObject({ finding: "cut off" });
    expect(proxy.received).toHaveLength(1);
  });
});

describe("a subgraph is told", () => {
  it("what the asker made for it, and no header of anybody's besides", async () => {
    const way = await start({});
    const headers = (): Record<string, string> => ({
      authorization: "Bearer own",
      "x-request-id": "r-1",
      traceparent: "00-1-2-01",
      cookie: "session=callers",
      "x-acting-organisation": "org_1",
      "x-forwarded-for": "10.0.0.1",
      host: "elsewhere",
    });
    await way.send(read({ headers }));
    const sent = proxy.received[0]!.headers;
    expect(Object.keys(sent).toSorted()).toEqual(
      [
        "accept",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "traceparent",
        "x-request-id",
      ].toSorted(),
    );
    expect(sent["host"]).toBe(new URL(proxy.origin).host);
  });
});
