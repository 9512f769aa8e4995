import { newGlobalId } from "@clic/global-id";
import { anonymous, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadRows } from "@clic/subgraph-kit";
import { createSubgraph, EventEntity, VenueEntity } from "./fixture/events.subgraph.ts";

const venues = [newGlobalId("Venue"), newGlobalId("Venue"), newGlobalId("Venue")];
let subgraph: TestSubgraph;
let first: string;

beforeAll(async () => {
  const rows = Array.from({ length: 40 }, (_, index) => ({
    id: newGlobalId("Event"),
    venueId: venues[index % 3],
    title: `Event ${String(index).padStart(2, "0")}`,
    status: index % 4 === 0 ? "DRAFT" : "PUBLISHED",
    places: index % 5 === 0 ? null : index % 7,
    startsAt: index % 6 === 0 ? null : new Date(Date.UTC(2026, 0, 1 + (index % 9))),
    day: "2026-02-03",
    secret: `s${index}`,
  }));
  first = rows[1]?.id as string;
  subgraph = await startTestSubgraph(createSubgraph(), [
    async ({ em }) => {
      await loadRows(
        em,
        VenueEntity,
        venues.map((id, index) => ({ id, name: `Venue ${index}` })),
      );
      await loadRows(em, EventEntity, rows);
    },
  ]);
});

afterAll(() => subgraph.stop());

describe("reading through the kit", () => {
  it("reads a row with its id, instants and dates as GraphQL wants them", async () => {
    const { data, errors } = await subgraph.ask(
      anonymous,
      `query ($id: ID!) { event(id: $id) { __typename id title startsAt day venue { name } } }`,
      { id: first },
    );
    expect(errors).toBeUndefined();
    expect(data.event).toEqual({
      __typename: "Event",
      id: first,
      title: "Event 01",
      startsAt: "2026-01-02T00:00:00Z",
      day: "2026-02-03",
      venue: { name: "Venue 1" },
    });
  });

  it("hides by row-level security what the viewer may not see, as if it were not there", async () => {
    const seen = await subgraph.ask(anonymous, "{ events(first: 100) { totalCount nodes { status } } }");
    expect(seen.data.events.totalCount).toBe(30);
    const all = await subgraph.ask(office(), "{ events(first: 100) { totalCount nodes { status } } }");
    expect(all.data.events.nodes).toHaveLength(40);
  });

  it("pages forwards and backwards over nulls without losing or repeating a row", async () => {
    for (const orderBy of [
      "[{ field: STARTS_AT }]",
      "[{ field: PLACES, direction: DESC, nulls: FIRST }, { field: TITLE }]",
      "[{ field: PLACES, nulls: FIRST }]",
    ]) {
      const all = await subgraph.ask(office(), `{ events(first: 100, orderBy: ${orderBy}) { nodes { id } } }`);
      const expected = all.data.events.nodes.map((node: { id: string }) => node.id);
      const forwards: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const page = await subgraph.ask(
          office(),
          `query ($after: String) { events(first: 7, after: $after, orderBy: ${orderBy}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        forwards.push(...page.data.events.nodes.map((node: { id: string }) => node.id));
        ({ hasNextPage: more, endCursor: after } = page.data.events.pageInfo);
      }
      expect(forwards).toEqual(expected);
      const backwards: string[] = [];
      for (let before: string | undefined, more = true; more;) {
        const page = await subgraph.ask(
          office(),
          `query ($before: String) { events(last: 7, before: $before, orderBy: ${orderBy}) { nodes { id } pageInfo { hasPreviousPage startCursor } } }`,
          { before },
        );
        backwards.unshift(...page.data.events.nodes.map((node: { id: string }) => node.id));
        ({ hasPreviousPage: more, startCursor: before } = page.data.events.pageInfo);
      }
      expect(backwards).toEqual(expected);
    }
  });

  it.each(["nodes { id venue { name } misdeclared }", "edges { node { misdeclared } }"])(
    "reads what is selected of a list's rows: who takes more than the list says fails (%s)",
    async (selection) => {
      const { errors } = await subgraph.ask(anonymous, `{ events(first: 1) { ${selection} pageInfo { endCursor } } }`);
      expect(errors?.[0]?.extensions.code).toBe("INTERNAL");
    },
  );

  it("reads whole rows of a list where the list does not say what a selected field takes", async () => {
    for (const fields of ["undeclared", "...on Event { undeclared misdeclared }"]) {
      const { data, errors } = await subgraph.ask(anonymous, `{ events(first: 1) { nodes { id ${fields} } } }`);
      expect(errors).toBeUndefined();
      expect(data.events.nodes[0]).toMatchObject({ undeclared: "2026-02-03" });
    }
  });

  it("reads what both of two lists with the same arguments select", async () => {
    const { data, errors } = await subgraph.ask(
      anonymous,
      `query ($id: ID!) { venue(id: $id) { a: events(first: 1) { nodes { title } } b: events(first: 1) { nodes { day } } } }`,
      { id: venues[1] },
    );
    expect(errors).toBeUndefined();
    expect([data.venue.a.nodes[0], data.venue.b.nodes[0]]).toEqual([
      { title: expect.stringContaining("Event") },
      { day: "2026-02-03" },
    ]);
  });

  it("costs one statement for a list under any number of parents, and one for a field under any number of rows", async () => {
    const query =
      "query ($ids: [ID!]!) { venues(ids: $ids) { name events(first: 2, where: { status: { eq: PUBLISHED } }) { nodes { title venue { name } } totalCount } } }";
    const one = await subgraph.ask(anonymous, query, { ids: venues.slice(0, 1) });
    const three = await subgraph.ask(anonymous, query, { ids: venues });
    expect(three.errors).toBeUndefined();
    expect(
      three.data.venues.map((venue: { events: { nodes: unknown[]; totalCount: number } }) => [
        venue.events.nodes.length,
        venue.events.totalCount,
      ]),
    ).toEqual([
      [2, 10],
      [2, 10],
      [2, 10],
    ]);
    expect(three.statements).toBe(one.statements);
    expect(three.statements).toBe(3);
  });

  it("resolves references in one statement, and an id of another type to null", async () => {
    const query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Event { title } } }";
    const { data, statements } = await subgraph.ask(anonymous, query, {
      r: [
        { __typename: "Event", id: first },
        { __typename: "Event", id: venues[0] },
        { __typename: "Event", id: "nonsense" },
      ],
    });
    expect(data._entities).toEqual([{ title: "Event 01" }, null, null]);
    expect(statements).toBe(1);
  });

  it("refuses a null filter with the hint to use isNull, and treats an absent variable as no condition", async () => {
    const query = "query ($s: EventStatus) { events(where: { status: { eq: $s } }) { totalCount } }";
    const absent = await subgraph.ask(office(), query);
    expect(absent.errors).toBeUndefined();
    expect(absent.data.events.totalCount).toBe(40);
    const refused = await subgraph.ask(office(), query, { s: null });
    expect(refused.errors?.[0]).toMatchObject({
      extensions: { code: "BAD_USER_INPUT" },
      message: expect.stringContaining("isNull"),
    });
  });

  it("takes a whole where, which contains itself, as a variable", async () => {
    const query =
      'query ($w: EventWhere, $d: EventWhere = { title: { eq: "none" } }) { events(where: $w) { totalCount } none: events(where: $d) { totalCount } }';
    const where = {
      or: [
        { title: { eq: "Event 01" } },
        { not: { startsAt: { isNull: true } }, and: { startsAt: { lt: "2026-01-03T00:00:00Z" } } },
      ],
    };
    const some = await subgraph.ask(office(), query, { w: where });
    expect(some.errors).toBeUndefined();
    expect(some.data.events.totalCount).toBeGreaterThan(1);
    expect(some.data.events.totalCount).toBeLessThan(40);
    expect(some.data.none.totalCount).toBe(0);
    const all = await subgraph.ask(office(), query);
    expect(all.data).toMatchObject({ events: { totalCount: 40 }, none: { totalCount: 0 } });
    for (const wrong of [{ nothing: 1 }, { startsAt: { lt: "yesterday" } }, { title: { eq: null } }, 7]) {
      const refused = await subgraph.ask(office(), query, { w: wrong });
      expect(refused.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
  });

  it("refuses a variable that is no value of its type with a code, a scalar's own refusal included", async () => {
    const query =
      "query ($at: DateTime, $n: Int) { events(where: { startsAt: { lt: $at }, places: { eq: $n } }) { totalCount } }";
    for (const wrong of [{ at: "yesterday" }, { n: "many" }]) {
      const { errors } = await subgraph.ask(office(), query, wrong);
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
  });

  it("refuses a page of no rows or too many, whatever is selected of it", async () => {
    for (const args of ["first: 0", "first: 101", "last: 0", "first: 1, last: 1", 'before: "x"'])
      for (const selection of ["totalCount", "nodes { id }"]) {
        const { errors } = await subgraph.ask(office(), `{ events(${args}) { ${selection} } }`);
        expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
      }
  });

  it("refuses to filter or order by what the viewer may not select", async () => {
    for (const args of [
      `where: { secret: { eq: "s1" } }`,
      `where: { not: { or: [{ secret: { isNull: true } }] } }`,
      "orderBy: [{ field: SECRET }]",
    ]) {
      const refused = await subgraph.ask(anonymous, `{ events(${args}) { nodes { id } totalCount } }`);
      expect(refused.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
      expect((await subgraph.ask(office(), `{ events(${args}) { nodes { id } } }`)).errors).toBeUndefined();
    }
  });

  it("masks what it did not expect", async () => {
    const { errors } = await subgraph.ask(anonymous, "{ broken }");
    expect(errors?.[0]?.extensions.code).toBe("INTERNAL");
    expect(JSON.stringify(errors)).not.toMatch(/secret|postgres|password/);
  });
});
