import { describe, expect, it } from "@jest/globals";
import { csvOf } from "./csv.ts";
import { tablesOf } from "./tables.ts";

/** A table as texts: its title, its facts, and its lines. */
const drawn = (data: unknown) =>
  tablesOf(data).map(({ title, facts, columns, rows }) => ({
    title,
    ...(facts.length > 0 && { facts: Object.fromEntries(facts.map(({ name, cell }) => [name, cell.lines.join()])) }),
    lines: [columns.join("|"), ...rows.map((row) => row.map(({ lines }) => lines.join("/")).join("|"))],
  }));

describe("an answer as tables", () => {
  it("has a row for each node of a connection, and what the connection says beside them as facts", () => {
    const events = {
      totalCount: 2,
      pageInfo: { hasNextPage: false },
      nodes: [
        { title: "A", placesLeft: 3 },
        { title: "B", placesLeft: null },
      ],
    };
    expect(drawn({ events })).toEqual([
      {
        title: "events",
        facts: { totalCount: "2", "pageInfo.hasNextPage": "false" },
        lines: ["title|placesLeft", "A|3", "B|"],
      },
    ]);
  });

  it("reads edges like nodes, and knows where each value stands in the answer", () => {
    const [table] = tablesOf({ events: { edges: [{ cursor: "x", node: { title: "A" } }] } });
    expect(table?.columns).toEqual(["title"]);
    expect(table?.rows[0]?.[0]?.path).toEqual(["events", "edges", 0, "node", "title"]);
  });

  it("makes dotted columns of single objects, and lines of a cell of lists, inside a row", () => {
    const nodes = [
      {
        title: "A",
        lead: { name: "Trust", base: { town: "Kendal" } },
        tags: ["x", "y"],
        events: { totalCount: 1, nodes: [{ title: "E", placesLeft: 2 }] },
      },
      { title: "B", lead: null, tags: [], events: { totalCount: 0, nodes: [] } },
    ];
    expect(drawn({ items: { nodes } })).toEqual([
      {
        title: "items",
        lines: [
          "title|lead.name|lead.base.town|tags|events|events.totalCount",
          "A|Trust|Kendal|x/y|E · 2|1",
          "B|||||0",
        ],
      },
    ]);
  });

  it("says of an object that is null in a row that each of its columns is, so that withheld ones can be marked", () => {
    const nodes = [{ person: { name: "M" } }, { person: null }, {}];
    const [table] = tablesOf({ bookings: { nodes } });
    expect(table?.columns).toEqual(["person.name"]);
    expect(table?.rows.map(([cell]) => [cell?.isNull, cell?.path.at(-1)])).toEqual([
      [false, "name"],
      [true, "person"],
      [false, undefined],
    ]);
  });

  it("makes a table of each list below a single object, and a row of what else the object has", () => {
    const workstream = {
      name: "Frail",
      courses: { nodes: [{ title: "C" }] },
      standards: { nodes: [] },
      lead: { name: "T" },
    };
    expect(drawn({ workstream })).toEqual([
      { title: "workstream", lines: ["name|lead.name", "Frail|T"] },
      { title: "workstream › courses", lines: ["title", "C"] },
      { title: "workstream › standards", lines: [""] },
    ]);
  });

  it("makes a table of groups, with their keys in columns", () => {
    const groupBy = [{ key: { status: "CONFIRMED", bookedAt: "2025-12-01" }, count: 7 }];
    expect(drawn({ bookings: { totalCount: 7, groupBy } })).toEqual([
      { title: "bookings", lines: ["totalCount", "7"] },
      { title: "bookings › groupBy", lines: ["key.status|key.bookedAt|count", "CONFIRMED|2025-12-01|7"] },
    ]);
  });

  it("puts rows of different types under all their columns, and root values in a row of their own", () => {
    const nodes = [
      { __typename: "Rpiw", phase: "CLOSED" },
      { __typename: "LearningInitiative", target: 5 },
    ];
    expect(drawn({ __typename: "Query", workItems: { nodes } })).toEqual([
      { title: "", lines: ["__typename", "Query"] },
      { title: "workItems", lines: ["__typename|phase|target", "Rpiw|CLOSED|", "LearningInitiative||5"] },
    ]);
  });

  it("is nothing where there is no data", () => {
    expect([tablesOf(null), tablesOf(undefined), tablesOf({})]).toEqual([[], [], []]);
  });
});

describe("a table as CSV", () => {
  const csv = (rows: object[]) => {
    const [table] = tablesOf({ rows });
    return table === undefined ? "" : csvOf(table).slice(1);
  };

  it("quotes what needs it, and begins with a byte order mark", () => {
    expect(csv([{ title: 'He said "no", twice\nor so', n: -1.5 }])).toBe(
      'title,n\r\n"He said ""no"", twice\nor so",-1.5\r\n',
    );
    const [table] = tablesOf({ rows: [{ title: "Ä" }] });
    expect(table && csvOf(table).charCodeAt(0)).toBe(0xfeff);
  });

  it("disarms what a spreadsheet would take for a formula", () => {
    for (const text of ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx"]) expect(csv([{ text }])).toContain(`'${text}`);
  });
});
