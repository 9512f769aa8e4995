import { buildSubgraphSchema } from "@apollo/subgraph";
import { anonymousViewer, personViewer } from "@clic/identity";
import type { SubgraphAnswer } from "@clic/subgraph-fetch";
import { describe, expect, it } from "@jest/globals";
import { type GraphQLError, graphql, parse } from "graphql";
import { joinReads } from "./joined-reads.ts";
import type { SubgraphRequest } from "./subgraph-client.ts";

const schema = buildSubgraphSchema([
  {
    typeDefs: parse(`
      type Query { count: Int! }
      type Host @key(fields: "id") { id: ID! name(upper: Boolean): String }
      type Item @key(fields: "id") { id: ID! title(upper: Boolean): String }`),
    resolvers: {
      Host: {
        name: ({ id }: { id: string }, { upper }: { upper?: boolean }) => {
          if (id === "bad") throw new Error("no name");
          return upper ? id.toUpperCase() : id;
        },
      },
      Item: { title: ({ id }: { id: string }) => id },
    },
  },
]);

function subgraph() {
  const sent: SubgraphRequest[] = [];
  const send = joinReads(async (request) => {
    sent.push(request);
    const { data = null, errors = [] } = await graphql({
      schema,
      source: request.query,
      variableValues: request.variables ?? {},
    });
    const told = errors.map((error: GraphQLError) => error.toJSON());
    return JSON.parse(JSON.stringify({ data, errors: told })) as SubgraphAnswer;
  });
  const ask = (query: string, variables: object, change: Partial<SubgraphRequest> = {}) =>
    send({ query, variables: { ...variables }, repeatable: true, viewer: anonymousViewer, requestId: "r", ...change });
  return { sent, ask };
}

const names = "query A__x__1($representations:[_Any!]!){_entities(representations:$representations){...on Host{name}}}";
const titles =
  "query A__x__2($representations:[_Any!]!){_entities(representations:$representations){...on Item{title}}}";
const about = (type: string, ...ids: string[]) => ({ representations: ids.map((id) => ({ __typename: type, id })) });

describe("reads of entities that a request makes of a subgraph at the same moment", () => {
  it("are one operation, and each has its own answer", async () => {
    const { sent, ask } = subgraph();
    const answers = await Promise.all([ask(names, about("Host", "a", "b")), ask(titles, about("Item", "c"))]);
    expect(answers).toEqual([
      { data: { _entities: [{ name: "a" }, { name: "b" }] }, errors: [] },
      { data: { _entities: [{ title: "c" }] }, errors: [] },
    ]);
    expect(sent).toHaveLength(1);
  });

  it("have their own errors, at their own places", async () => {
    const { ask } = subgraph();
    const [first, second] = await Promise.all([ask(titles, about("Item", "c")), ask(names, about("Host", "a", "bad"))]);
    expect(first).toEqual({ data: { _entities: [{ title: "c" }] }, errors: [] });
    expect(second).toMatchObject({
      data: { _entities: [{ name: "a" }, { name: null }] },
      errors: [{ message: "no name", path: ["_entities", 1, "name"] }],
    });
  });

  it("tell once of what went wrong with all of them", async () => {
    const { ask } = subgraph();
    const answers = await Promise.all([ask(names, about("Host", "a")), ask(titles, about("Nothing", "c"))]);
    expect(answers.map(({ data }) => data)).toEqual([null, null]);
    expect(answers.flatMap(({ errors }) => errors)).toHaveLength(1);
  });

  it("share the variables of the request's operation", async () => {
    const { sent, ask } = subgraph();
    const upper = (name: string, type: string, field: string) =>
      `query A__x__${name}($representations:[_Any!]!,$up:Boolean){_entities(representations:$representations){...on ${type}{${field}(upper:$up)}}}`;
    const answers = await Promise.all([
      ask(upper("1", "Host", "name"), { ...about("Host", "a"), up: true }),
      ask(upper("2", "Host", "name"), { ...about("Host", "b"), up: true }),
    ]);
    expect(answers.map(({ data }) => data)).toEqual([{ _entities: [{ name: "A" }] }, { _entities: [{ name: "B" }] }]);
    expect(sent).toHaveLength(1);
    await Promise.all([
      ask(upper("1", "Host", "name"), { ...about("Host", "a"), up: true }),
      ask(upper("2", "Host", "name"), { ...about("Host", "b"), up: false }),
    ]);
    expect(sent).toHaveLength(3);
  });

  it("fail together", async () => {
    const send = joinReads(() => Promise.reject(new Error("away")));
    const request = { repeatable: true, viewer: anonymousViewer, requestId: "r" };
    const both = [
      send({ ...request, query: names, variables: about("Host", "a") }),
      send({ ...request, query: titles, variables: about("Item", "b") }),
    ];
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});

describe("reads that stay apart", () => {
  const viewer = personViewer({ personId: "per_1", organisationId: null, roles: ["MEMBER"] });
  it.each<[string, string, Partial<SubgraphRequest>]>([
    ["another request's", titles, { requestId: "s" }],
    ["another viewer's", titles, { viewer }],
    ["one with a deadline of its own", titles, { deadlineMs: 1000 }],
    ["a change", titles, { repeatable: false }],
    ["one that asks for something else", "{count}", {}],
    ["one with a variable of the names in use", titles.replace("($", "($representations_1:Int,$"), {}],
  ])("%s", async (_, query, change) => {
    const { sent, ask } = subgraph();
    const [first] = await Promise.all([ask(names, about("Host", "a")), ask(query, about("Item", "b"), change)]);
    expect(first).toEqual({ data: { _entities: [{ name: "a" }] }, errors: [] });
    expect(sent.map((each) => each.query).toSorted()).toEqual([names, query].toSorted());
  });
});
