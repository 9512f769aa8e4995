import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { formErrors, isRefusal, isRefusedAs, withheldFields } from "@clic/graph-client";
import { cacheOptions } from "@clic/graph-client/apollo";
import { connectGraph } from "@clic/graph-client/request";
import type { GraphSetup } from "@clic/graph-client/tada";
import { newUuid } from "@clic/global-id";
import { seedId } from "@clic/seed-data";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { initGraphQLTada } from "gql.tada";
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  introspectionFromSchema,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import { Client } from "pg";
import { countValues, readAcceptanceQuery } from "../src/expectations.ts";
import { type RunningGraph, startGraph } from "../src/running-graph.ts";

const queries = join(import.meta.dirname, "../queries");
const client = join(import.meta.dirname, "../../../packages/graph-client");
/** The acceptance queries that the graph answers today, and the variables that their heads describe. */
const due: Record<string, object> = {
  "01-home.graphql": {},
  "02-event-page.graphql": { id: seedId("Event", "demo-event-1") },
  "04-workstream.graphql": {},
  "06-sustained-improvement.graphql": {},
  "07-demand.graphql": {},
  "08-reach.graphql": { from: "2026-04-01", to: "2027-03-31" },
};

let graph: RunningGraph;
beforeAll(async () => {
  graph = await startGraph(process.env);
}, 120_000);
afterAll(() => graph.stop(), 60_000);

const data = async (query: string, options?: Parameters<RunningGraph["ask"]>[1]) => {
  const answer = await graph.ask(query, options);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};

describe("the acceptance queries", () => {
  it.each(readdirSync(queries).filter((file) => file in due))(
    "%s runs as it stands and returns what it expects",
    async (file) => {
      const query = readAcceptanceQuery(readFileSync(join(queries, file), "utf8"));
      const answer = await graph.ask(query.text, { as: query.as, variables: due[file] as object });
      expect(answer.errors).toBeUndefined();
      const short = query.expectations
        .map(({ path, atLeast }) => ({ path, atLeast, found: countValues(answer.data, path) }))
        .filter(({ atLeast, found }) => found < atLeast);
      expect(short).toEqual([]);
    },
  );

  it("cost the same statements whatever the number of rows", async () => {
    const home = readAcceptanceQuery(readFileSync(join(queries, "01-home.graphql"), "utf8")).text;
    const cost = async (text: string, options?: Parameters<RunningGraph["ask"]>[1]) => {
      await graph.ask(text, options);
      const before = await graph.statements();
      expect((await graph.ask(text, options)).errors).toBeUndefined();
      const after = await graph.statements();
      return Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]));
    };
    // Fifteen active items beside seven: both have every type, event, phase, roll-out and programme.
    const many = await cost(home);
    const few = await cost(home.replace("first: 20", "first: 7").replace("first: 5", "first: 2"));
    expect(many).toEqual(few);
    const page = readAcceptanceQuery(readFileSync(join(queries, "02-event-page.graphql"), "utf8")).text;
    const twenty = await cost(page, { as: "member", variables: due["02-event-page.graphql"] as object });
    // The first booking is of the page's own event, which Events has read already.
    const two = await cost(page.replace("first: 20", "first: 2"), {
      as: "member",
      variables: due["02-event-page.graphql"] as object,
    });
    expect(twenty).toEqual(two);
    process.stdout.write(`statements: 01 ${JSON.stringify(many)}, 02 ${JSON.stringify(twenty)}\n`);
  });
});

describe("identity", () => {
  it.each(["member", "secondee", "lead", "office", "analyst", "partner"])(
    "knows %s by a token of the issuer",
    async (as) => {
      const { me } = await data("{ me { id employer { name } } }", { as });
      expect(me.id).toBe(seedId("Person", as));
      expect(me.employer.name).toEqual(expect.any(String));
    },
  );

  it("has nobody where nobody is signed in, and no person behind a machine client", async () => {
    expect((await data("{ me { id } }")).me).toBeNull();
    expect((await data("{ me { id } }", { as: "machine" })).me).toBeNull();
  });

  it("lets a secondee act for either organisation, and for no other", async () => {
    const acting = (organisation: string) =>
      graph.ask("{ me { id } }", {
        as: "secondee",
        headers: { "x-acting-organisation": seedId("Organisation", organisation) },
      });
    for (const own of ["demo-trust-1", "CLIC"])
      expect((await acting(own)).data.me.id).toBe(seedId("Person", "secondee"));
    const refused = await acting("demo-practice-1");
    expect([refused.status, refused.errors?.[0]?.extensions?.code]).toEqual([403, "ACTING_ORGANISATION_REFUSED"]);
  });

  it("refuses a token that is not the issuer's", async () => {
    const token = await graph.token("member");
    const [head, body, signature] = token.split(".") as [string, string, string];
    for (const bad of ["nonsense", `${head}.${body}.${signature.slice(0, -6)}AAAAAA`, `${head}.${body}.`]) {
      const answer = await graph.ask("{ me { id } }", { headers: { authorization: `Bearer ${bad}` } });
      expect([answer.status, answer.errors?.[0]?.extensions?.code]).toEqual([401, "UNAUTHENTICATED"]);
    }
  });

  it("keeps every subgraph to the gateway", async () => {
    const token = await graph.token("office");
    for (const name of ["organisations", "education-learning", "production-system", "leadership", "events"]) {
      for (const query of [
        "{ __typename }",
        "{ _service { sdl } }",
        "{ _entities(representations: []) { __typename } }",
      ]) {
        for (const headers of [{}, { authorization: `Bearer ${token}` }]) {
          const reply = await fetch(`http://127.0.0.1:${graph.port(name)}/graphql`, {
            method: "POST",
            headers: { "content-type": "application/json", ...headers },
            body: JSON.stringify({ query }),
          });
          expect(reply.status).toBe(401);
        }
      }
    }
  });

  it("withholds names from analysts and gives them to the office", async () => {
    const query = "query ($id: ID!) { person(id: $id) { id displayName } }";
    const variables = { id: seedId("Person", "member") };
    expect((await data(query, { as: "office", variables })).person.displayName).toBe("Mary Member");
    expect((await data(query, { as: "analyst", variables })).person?.displayName ?? null).toBeNull();
  });
});

describe("authorisation", () => {
  const counts = "{ events(first: 2) { nodes { title confirmedCount bookings { totalCount } } } }";

  it("says at each place what is withheld from nobody in particular, and shows the rest", async () => {
    const { status, data: shown, errors } = await graph.ask(counts);
    expect(status).toBe(200);
    for (const node of shown.events.nodes)
      expect(node).toEqual({ title: expect.any(String), confirmedCount: null, bookings: null });
    expect(errors?.map(({ path, extensions }) => [path?.join("."), extensions?.code])).toEqual(
      [0, 1].flatMap((at) =>
        ["confirmedCount", "bookings"].map((field) => [`events.nodes.${at}.${field}`, "UNAUTHORIZED_FIELD_OR_TYPE"]),
      ),
    );
  });

  it("shows analysts counts and not who is involved, and staff who is involved", async () => {
    for (const { confirmedCount } of (await data(counts, { as: "analyst" })).events.nodes)
      expect(confirmedCount).toEqual(expect.any(Number));
    const people = "{ rpiws(first: 1) { nodes { phase processOwner { id } } } }";
    const { errors } = await graph.ask(people, { as: "analyst" });
    expect(errors?.map(({ path }) => path?.join("."))).toEqual(["rpiws.nodes.0.processOwner"]);
    await data(people, { as: "office" });
  });
});

describe("the founding facts", () => {
  it("are in the graph, and what they don't state is null", async () => {
    const { workItems, events, organisations } = await data(`{
      workItems(where: { source: { eq: FOUNDING } }, first: 100) { totalCount nodes { title strategy status reportedStatus } }
      events(where: { source: { eq: FOUNDING } }, first: 100) { totalCount nodes { title status startsAt reportedStatus } }
      organisations(where: { source: { eq: FOUNDING } }, first: 100) { totalCount nodes { name odsCode } }
    }`);
    expect([workItems.totalCount, events.totalCount, organisations.totalCount]).toEqual([16, 20, 8]);
    expect(workItems.nodes.filter((item: { strategy: unknown }) => item.strategy !== null)).toHaveLength(4);
    for (const item of workItems.nodes) expect(item.status).toBeNull();
    for (const event of events.nodes) expect([event.status, event.startsAt]).toEqual([null, null]);
    for (const organisation of organisations.nodes) expect(organisation.odsCode).toBeNull();
  });
});

describe("the bus", () => {
  const detail: Record<string, readonly [strategy: string, field: string]> = {
    LearningInitiative: ["EDUCATION_LEARNING", "takenUpAt"],
    Rpiw: ["PRODUCTION_SYSTEM", "phase"],
    ImprovementProject: ["PRODUCTION_SYSTEM", "takenUpAt"],
    LeadershipInitiative: ["LEADERSHIP", "takenUpAt"],
  };

  it.each(Object.entries(detail))(
    "takes a request that is accepted in Organisations as a %s to detail in its strategy's service",
    async (workItemType, [strategy, field]) => {
      const { priorities } = await data("{ priorities(first: 1) { nodes { id } } }");
      const input = { workItemType, strategy, priorityIds: [priorities.nodes[0].id] };
      const waits: number[] = [];
      for (let round = 0; round < 3; round++) {
        const { acceptSupportRequest: accepted } = await data(
          "mutation ($input: AcceptSupportRequestInput!) { acceptSupportRequest(input: $input) { __typename ... on SupportRequest { outcome { id __typename } } ... on UserError { code message } } }",
          { as: "office", variables: { input: { ...input, supportRequestId: await readyRequest() } } },
        );
        expect(accepted).toMatchObject({ outcome: { __typename: workItemType } });
        const began = performance.now();
        const arrived = async () =>
          (
            await data(`query ($id: ID!) { workItem(id: $id) { ... on ${workItemType} { detail: ${field} } } }`, {
              variables: { id: accepted.outcome.id },
            })
          ).workItem.detail !== null;
        while (!(await arrived()) && performance.now() - began < 30_000) await delay(10);
        waits.push(performance.now() - began);
        expect(await arrived()).toBe(true);
      }
      process.stdout.write(`${workItemType} has detail after ${waits.map(Math.round).join(", ")} ms\n`);
    },
    60_000,
  );

  /** A copy of an assessed request, sponsored: in development nobody can sign in as a second assessor. */
  async function readyRequest(): Promise<string> {
    const [id, original] = [newUuid(), seedId("SupportRequest", "demo-request-4").slice(4)];
    const database = new Client(graph.adminUrl());
    await database.connect();
    try {
      await database.query(
        `insert into organisations.support_request (id, requested_by_id, title, need, received_on, status, criteria_set_id, score, source)
         select $1, requested_by_id, 'A copy', need, received_on, 'ASSESSED', criteria_set_id, score, source
           from organisations.support_request where id = $2`,
        [id, original],
      );
    } finally {
      await database.end();
    }
    const { sponsorSupportRequest } = await data(
      "mutation ($input: SponsorSupportRequestInput!) { sponsorSupportRequest(input: $input) { __typename ... on UserError { code message } } }",
      { as: "lead", variables: { input: { supportRequestId: `req_${id}` } } },
    );
    expect(sponsorSupportRequest).toEqual({ __typename: "SupportRequest" });
    return `req_${id}`;
  }
});

const graphql = initGraphQLTada<GraphSetup>();
const ActiveItems = graphql(`
  query ActiveItems($after: String) {
    workItems(first: 6, after: $after, where: { status: { eq: ACTIVE } }) {
      totalCount
      nodes {
        id
        ... on WorkItem {
          title
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
const BookPlace = graphql(`
  mutation BookPlace($input: BookPlaceInput!) {
    bookPlace(input: $input) {
      __typename
      ... on Booking {
        id
        status
      }
      ... on AlreadyBooked {
        booking {
          id
        }
      }
      ... on UserError {
        code
        message
      }
    }
  }
`);

describe("a front end with @clic/graph-client", () => {
  it("has the very schema that the graph serves", async () => {
    const served = await data(getIntrospectionQuery({ specifiedByUrl: true }), { as: "office" });
    const print = (schema: GraphQLSchema) => printSchema(lexicographicSortSchema(schema));
    expect(print(buildSchema(readFileSync(join(client, "schema.graphql"), "utf8")))).toBe(
      print(buildClientSchema(served)),
    );
    expect(JSON.parse(readFileSync(join(client, "introspection.json"), "utf8"))).toEqual(
      introspectionFromSchema(buildClientSchema(served), { descriptions: false }),
    );
    // All that took seconds on a busy machine: whose connections were idle as long must hear that they are closed.
    await delay(100);
  });

  it("pages with Apollo Client, knows interfaces' types, and switches on refusals", async () => {
    const apollo = new ApolloClient({
      link: new HttpLink({ uri: graph.url, headers: { authorization: `Bearer ${await graph.token("member")}` } }),
      cache: new InMemoryCache(cacheOptions),
    });
    let page = (await apollo.query({ query: ActiveItems })).data?.workItems;
    const list = apollo.watchQuery({ query: ActiveItems });
    const watching = list.subscribe({});
    while (page?.pageInfo.hasNextPage)
      page = (await list.fetchMore({ variables: { after: page.pageInfo.endCursor } })).data?.workItems;
    watching.unsubscribe();
    const all = apollo.readQuery({ query: ActiveItems })?.workItems;
    expect(new Set(all?.nodes.map(({ title }) => title)).size).toBe(all?.totalCount);
    expect(all?.totalCount).toBeGreaterThan(6);
    const { data: booked } = await apollo.mutate({
      mutation: BookPlace,
      variables: { input: { eventId: "evt_nonsense" } },
    });
    expect(booked?.bookPlace).toMatchObject({ __typename: "InvalidInput", code: "INVALID_INPUT" });
    expect(formErrors(booked?.bookPlace, { INVALID_INPUT: "event" }).fields.event).toContain("evt_");
  });

  it("pages and books with typed requests, for the organisation that it acts for", async () => {
    const { request, pages } = connectGraph({
      url: graph.url,
      token: () => graph.token("secondee"),
      actingOrganisation: seedId("Organisation", "CLIC"),
    });
    const titles: string[] = [];
    let total = 0;
    for await (const page of pages(ActiveItems, {}, ({ workItems }) => workItems)) {
      titles.push(...page.nodes.map(({ title }) => title));
      total = page.totalCount;
    }
    expect([new Set(titles).size, titles.length]).toEqual([total, total]);
    const eventId = (await data(openEvents)).events.nodes[0].id;
    const book = async () => (await request(BookPlace, { input: { eventId } })).data.bookPlace;
    const booked = await book();
    expect(isRefusal(booked) ? booked : booked.status).toBe("CONFIRMED");
    const again = await book();
    expect(isRefusedAs(again, "ALREADY_BOOKED") && again.booking?.id).toBe(isRefusal(booked) ? null : booked.id);
  });

  it("learns which fields were withheld and why, and that a request failed as a whole", async () => {
    const query = '{ byName: people(first: 1, where: { displayName: { startsWith: "M" } }) { totalCount } me { id } }';
    const answer = await graph.ask(query, { as: "analyst" });
    expect(answer.data).toEqual({ byName: null, me: { id: seedId("Person", "analyst") } });
    expect(withheldFields(answer.errors)).toEqual([
      { field: "byName.totalCount", code: "FORBIDDEN", message: expect.stringContaining("displayName"), count: 1 },
    ]);
    const stranger = connectGraph({ url: graph.url, token: "nonsense" }).request(ActiveItems);
    await expect(stranger).rejects.toMatchObject({ status: 401, errors: { identity: [{ code: "UNAUTHENTICATED" }] } });
  });
});

const openEvents =
  "{ events(first: 1, where: { status: { eq: PUBLISHED }, placesLeft: { gt: 3 } }, orderBy: [{ field: STARTS_AT, direction: DESC }]) { nodes { id } } }";
