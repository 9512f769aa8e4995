import { newGlobalId } from "@clic/global-id";
import { describe, expect, it } from "@jest/globals";
import type { GraphContext } from "../src/context.ts";
import { createExecutor } from "../src/http/executor.ts";
import { createThingsSubgraph } from "./fixture/things.subgraph.ts";

const execute = createExecutor(createThingsSubgraph().schema);
const run = async (query: string, variables?: Record<string, unknown>, operationName?: string) => {
  const { data, errors } = await execute(
    { query, ...(variables && { variables }), ...(operationName !== undefined && { operationName }) },
    {} as GraphContext,
  );
  return errors ? errors.map(({ extensions }) => extensions["code"]) : { ...(data as object) };
};
const echo = (args: object) => JSON.stringify(args);

describe("the executor", () => {
  it("tells absent, null, defaulted and given variables apart", async () => {
    const query = "query ($t: String) { echo(text: $t) }";
    expect(await run(query)).toEqual({ echo: echo({ text: "default" }) });
    expect(await run(query, { t: null })).toEqual({ echo: echo({ text: null }) });
    expect(await run(query, { t: "x" })).toEqual({ echo: echo({ text: "x" }) });
    expect(await run('query ($t: String = "y") { echo(text: $t) }')).toEqual({ echo: echo({ text: "y" }) });
    expect(await run("query ($l: [Int!]) { echo(list: $l) }")).toEqual({ echo: echo({ text: "default" }) });
  });

  it("takes variables and aliases called as what every object has", async () => {
    const query =
      "query ($toString: String, $constructor: [Int!]) { __proto__: echo(text: $toString, list: $constructor) }";
    const answer = await execute({ query }, {} as GraphContext);
    expect(JSON.stringify(answer.data)).toBe(JSON.stringify({ ["__proto__"]: echo({ text: "default" }) }));
    const given = JSON.parse('{ "toString": "a", "__proto__": { "constructor": [1] } }') as Record<string, unknown>;
    expect(JSON.stringify((await execute({ query, variables: given }, {} as GraphContext)).data)).toContain(
      '\\"text\\":\\"a\\"}',
    );
  });

  it("keeps the variables of two operations in one document apart", async () => {
    const query = 'query A($t: String) { echo(text: $t) } query B($t: String = "b") { echo(text: $t) }';
    expect(await run(query, {}, "A")).toEqual({ echo: echo({ text: "default" }) });
    expect(await run(query, {}, "B")).toEqual({ echo: echo({ text: "b" }) });
    for (const name of [undefined, "C", "A\nB"]) expect(await run(query, {}, name)).toEqual(["BAD_USER_INPUT"]);
  });

  it("skips and includes by variables, each time anew", async () => {
    const query =
      "query ($a: Boolean!, $b: Boolean = false) { x: __typename @skip(if: $a) y: __typename @include(if: $b) ... @include(if: $a) { z: __typename } ...F @skip(if: $b) } fragment F on Query { f: __typename }";
    const names = async (variables: Record<string, unknown>) =>
      Object.keys(JSON.parse(JSON.stringify(await run(query, variables))) as object)
        .sort()
        .join("");
    expect(await names({ a: true })).toBe("fz");
    expect(await names({ a: false })).toBe("fx");
    expect(await names({ a: false, b: true })).toBe("xy");
    expect(await names({ a: true, b: true })).toBe("yz");
  });

  it("says __typename of everything", async () => {
    const id = newGlobalId("Venue");
    const query = `{ t: __typename box(id: "${id}") { __typename id } ... on Query { u: __typename } }`;
    expect(await run(query)).toEqual({ t: "Query", u: "Query", box: { __typename: "Box", id } });
  });

  it("ends with a code for a document nested deeper than the stack", async () => {
    const where = `${"{not:".repeat(20_000)}{}${"}".repeat(20_000)}`;
    expect(await run(`{ things(where: ${where}) { totalCount } }`)).toEqual(["GRAPHQL_PARSE_FAILED"]);
  });

  it("answers more texts than it keeps, the first of them again", async () => {
    for (let index = 0; index < 1010; index++)
      expect(await run(`{ t${index}: __typename }`)).toHaveProperty(`t${index}`);
    expect(await run("{ t0: __typename }")).toEqual({ t0: "Query" });
    const large = `{ t: __typename #${"x".repeat(10_000_001)}\n }`;
    expect(await run(large)).toEqual({ t: "Query" });
  });
});
