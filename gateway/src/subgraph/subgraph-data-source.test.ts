import { anonymousViewer } from "@clic/identity";
import { describe, expect, it } from "@jest/globals";
import { type FailureFinding, SubgraphFailure } from "@clic/subgraph-fetch";
import { buildSchema } from "graphql";
import { pino } from "pino";
import type { GatewayContext } from "../gateway-context.ts";
import { createMetrics } from "../metrics.ts";
import type { SubgraphClient } from "./subgraph-client.ts";
import { createDataSource } from "./subgraph-data-source.ts";

const schema = buildSchema(
  "type Query { events: [Event!] } type Event { title: String! } type Mutation { bookPlace: String }",
);

function failing(finding: FailureFinding = "connection"): {
  asked: () => number;
  ask: (context: GatewayContext, query?: string) => ReturnType<ReturnType<typeof createDataSource>["process"]>;
} {
  let asked = 0;
  const client: Pick<SubgraphClient, "name" | "send"> = {
    name: "events",
    async send() {
      asked += 1;
      throw new SubgraphFailure(finding, "ECONNREFUSED 10.1.2.3:4005");
    },
  };
  const source = createDataSource(client as SubgraphClient, schema, createMetrics());
  const ask = (context: GatewayContext, query = "{events{title}}"): ReturnType<typeof source.process> =>
    source.process({ request: { query }, context } as unknown as Parameters<typeof source.process>[0]);
  return { asked: () => asked, ask };
}

const context = (): GatewayContext => ({
  viewer: anonymousViewer,
  sender: "s",
  requestId: "r",
  log: pino({ level: "silent" }),
  failedSubgraphs: new Map(),
});

describe("a subgraph that failed", () => {
  it("is not asked again by the same request, and is told about once", async () => {
    const { ask, asked } = failing();
    const request = context();
    expect((await ask(request)).errors).toHaveLength(1);
    expect(await ask(request)).toEqual({ data: null });
    expect(asked()).toBe(1);
  });

  it("is told about once when fetches of one request fail together", async () => {
    const { ask } = failing();
    const request = context();
    const answers = await Promise.all([ask(request), ask(request)]);
    expect(answers.flatMap(({ errors }) => errors)).toHaveLength(1);
  });

  it("is asked again by the same request when it was there and only its answer was no good, and told about once", async () => {
    const { ask, asked } = failing("not JSON");
    const request = context();
    expect((await ask(request)).errors).toHaveLength(1);
    expect((await ask(request)).errors).toEqual([]);
    expect(asked()).toBe(2);
  });

  it("is asked again by the next request", async () => {
    const { ask, asked } = failing();
    await ask(context());
    await ask(context());
    expect(asked()).toBe(2);
  });

  it("leaves open whether it made a change, and never shows its address", async () => {
    const [error] = (await failing().ask(context(), "mutation{bookPlace}")).errors!;
    expect(error!.message).toBe("The service events is not available. Whether it made the change is not known.");
  });
});
