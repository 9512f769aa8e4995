import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { getIntrospectionQuery } from "graphql";
import { type TestGateway, type World, startTestGateway, startWorld } from "./test-gateway.ts";

const SCHEMA = "{ __schema { queryType { name } } }";

describe("the gateway's front door", () => {
  let world: World;
  let gateway: TestGateway;
  beforeAll(async () => {
    world = await startWorld();
    gateway = await startTestGateway(world);
  });
  afterAll(async () => {
    await gateway.close();
    await world.close();
  });
  const as = async (subject: string): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await world.issuer.token(subject)}`,
  });
  const json = { "content-type": "application/json" };
  const post = (body: string, headers: Record<string, string> = json): Promise<Response> =>
    fetch(`${gateway.origin}/graphql`, { method: "POST", headers, body });
  const codeOf = async (response: Response): Promise<string> => {
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    return errors[0]!.extensions.code;
  };

  it("shows the schema to viewers with graph:introspect", async () => {
    expect((await gateway.ask(SCHEMA, await as("analyst"))).body.data.__schema.queryType.name).toBe("Query");
    expect((await gateway.ask(getIntrospectionQuery(), await as("analyst"))).body.errors).toBeUndefined();
  });

  it.each([
    ["plainly", SCHEMA],
    ["by __type", '{ __type(name: "Query") { name } }'],
    ["by alias and fragment", "{ ...F } fragment F on Query { harmless: __schema { queryType { name } } }"],
  ])(
    "hides it from the others, asked %s, also when the same document was served to somebody before",
    async (_how, document) => {
      expect((await gateway.ask(document, await as("analyst"))).status).toBe(200);
      for (const headers of [{}, await as("member")]) {
        const { status, body } = await gateway.ask(document, headers);
        expect([status, body.errors[0].extensions.code]).toEqual([403, "INTROSPECTION_REFUSED"]);
        expect(body.data).toBeUndefined();
      }
    },
  );

  it("answers for the schema in an operation of its own, and not beside data", async () => {
    const both = await gateway.ask(
      "{ ...F events { title } } fragment F on Query { __schema { queryType { name } } }",
      await as("analyst"),
    );
    expect([both.status, both.body.errors[0].extensions.code]).toEqual([400, "INTROSPECTION_REFUSED"]);
    const alone =
      "query A($n: String!) { ... on Query { t: __type(name: $n) { name } __typename } } query B { events { title } }";
    const response = await post(JSON.stringify({ query: alone, operationName: "A", variables: { n: "Event" } }), {
      ...json,
      ...(await as("analyst")),
    });
    expect(await response.json()).toEqual({ data: { t: { name: "Event" }, __typename: "Query" } });
  });

  it("does not give field names away by suggestions", async () => {
    const { status, body } = await gateway.ask("{ event }");
    expect([status, body.errors[0].extensions.code]).toEqual([400, "GRAPHQL_VALIDATION_FAILED"]);
    expect(body.errors[0].message).not.toContain("Did you mean");
  });

  it("keeps accounts and the federation's own fields out of the graph", async () => {
    for (const document of [
      '{ account(issuer: "i", subject: "member") { id } }',
      "{ _service { sdl } }",
      "{ _entities(representations: []) { __typename } }",
    ]) {
      expect((await gateway.ask(document)).status).toBe(400);
    }
  });

  it("does not show query plans", async () => {
    const { body } = await gateway.ask("{ events { title } }", { "apollo-query-plan-experimental": "1" });
    expect(body.extensions).toBeUndefined();
  });

  it("answers GET queries from clients, refuses them from pages of others, and never runs a mutation by GET", async () => {
    const query = `/graphql?query=${encodeURIComponent("{ events { title } }")}`;
    const asked = { "apollo-require-preflight": "1" };
    expect((await gateway.get(query, asked)).body.data.events).toHaveLength(1);
    expect((await gateway.get(query, await as("member"))).body.data.events).toHaveLength(1);
    expect((await gateway.get(query)).body.errors[0].extensions.code).toBe("BAD_REQUEST");
    expect((await gateway.get(`/graphql?query=${encodeURIComponent("mutation { bookPlace }")}`, asked)).status).toBe(
      405,
    );
  });

  it("shows no page to browsers", async () => {
    const { status, headers } = await gateway.get("/graphql", { accept: "text/html" });
    expect(status).toBe(400);
    expect(headers.get("content-type")).not.toContain("html");
  });

  it("answers malformed requests in GraphQL's shape", async () => {
    const cases: [Response, number, string][] = [
      [await post("{"), 400, "BAD_REQUEST"],
      [await post("[]"), 400, "BAD_REQUEST"],
      [await post(""), 400, "BAD_REQUEST"],
      [await post('{"query": 7}'), 400, "BAD_REQUEST"],
      [await post("{ events }", { "content-type": "text/plain" }), 415, "BAD_REQUEST"],
      [await post("query=1", { "content-type": "application/x-www-form-urlencoded" }), 415, "BAD_REQUEST"],
      [await post('{"query": "{"}'), 400, "GRAPHQL_PARSE_FAILED"],
      [await post('{"query": "query A { broken } query B { broken }"}'), 400, "OPERATION_RESOLUTION_FAILURE"],
      [
        await post('{"query": "query($id: Int!) { events { id @include(if: $id) } }"}'),
        400,
        "GRAPHQL_VALIDATION_FAILED",
      ],
      [
        await post('{"query": "query($s: Boolean!) { events { id @include(if: $s) } }", "variables": {"s": 3}}'),
        400,
        "BAD_USER_INPUT",
      ],
      [await fetch(`${gateway.origin}/nothing`), 404, "NOT_FOUND"],
    ];
    for (const [response, status, code] of cases)
      expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  it("answers a malformed Host header as the caller's mistake", async () => {
    const status = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(gateway.origin);
      const headers = { ...json, host: "a b" };
      httpRequest({ hostname, port, path: "/graphql", method: "POST", headers }, (response) =>
        resolve(response.resume().statusCode),
      )
        .on("error", reject)
        .end("{}");
    });
    expect(status).toBe(400);
  });

  it("counts in Prometheus's format and keeps what callers sent out of its log", async () => {
    await gateway.get(
      `/graphql?query=${encodeURIComponent("{ events { title } }")}&variables=%7B%22name%22%3A%22Ada%22%7D`,
      { "apollo-require-preflight": "1" },
    );
    const { text } = await gateway.get("/metrics");
    expect(text).toMatch(/gateway_request_seconds_count\{route="\/graphql",status="200"\} \d+/);
    expect(text).toMatch(/gateway_fetch_seconds_count\{subgraph="events",outcome="answered"\} \d+/);
    expect(text).toMatch(/gateway_errors_total\{code="INTROSPECTION_REFUSED"\} \d+/);
    expect(gateway.logged.join("")).not.toContain("Ada");
  });

  it("opens the schema to everybody in development", async () => {
    const open = await startTestGateway(world, { INTROSPECTION: "open" });
    expect((await open.ask(SCHEMA)).body.data.__schema.queryType.name).toBe("Query");
    await open.close();
  });
});
