import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";

const folder = join(import.meta.dirname, "../..");
const acceptance = join(folder, "../acceptance/queries");

/** One request's variables, as each of the three takes them. */
export interface Variant {
  /** The graph's own. */
  readonly graph: Readonly<Record<string, unknown>>;
  readonly postgraphile: Readonly<Record<string, unknown>>;
  /** The statement's parameters, in order. */
  readonly sql: readonly unknown[];
}

/** A front end's query: the same question put to the graph, to PostGraphile and to PostgreSQL. */
export interface GraphQuery {
  readonly name: string;
  /** Who asks: a development user, or `anonymous`. */
  readonly as: string;
  readonly text: { readonly graph: string; readonly postgraphile: string; readonly sql: string };
  /** Many, so that nobody answers from what was asked before. */
  readonly variants: readonly Variant[];
}

type Rows = (sql: string) => Promise<readonly Record<string, string>[]>;

const variants: Record<string, { readonly from: string; readonly of: (rows: Rows) => Promise<readonly Variant[]> }> = {
  "01-home": {
    from: acceptance,
    of: () =>
      Promise.resolve(
        [null, "EDUCATION_LEARNING", "PRODUCTION_SYSTEM", "LEADERSHIP"].map((strategy) => {
          const variables = strategy === null ? {} : { strategy };
          return { graph: variables, postgraphile: variables, sql: [strategy] };
        }),
      ),
  },
  "02-event-page": {
    from: acceptance,
    of: async (rows) => {
      const found = await rows(`select id from events.event
        where status = 'PUBLISHED' and work_item_id is not null and venue_id is not null and places_left is not null
        order by md5(id::text) limit 200`);
      return found.map(({ id }) => ({ graph: { id: `evt_${id}` }, postgraphile: { id }, sql: [id] }));
    },
  },
  "04-workstream": {
    from: acceptance,
    of: async (rows) => {
      const found = await rows(`select code from organisations.workstream order by code`);
      return found.map(({ code }) => ({ graph: { code }, postgraphile: { code }, sql: [code] }));
    },
  },
  "upcoming-events": {
    from: join(folder, "queries"),
    of: async (rows) => {
      const found = await rows(`
        select kind, to_char(month, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "from",
          to_char(month + interval '3 months', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "to"
        from (select kind, date_trunc('month', starts_at, 'UTC') at time zone 'UTC' as month
          from events.event where status = 'PUBLISHED' and kind is not null and starts_at > now() group by 1, 2) months
        order by md5(kind || month) limit 100`);
      return found.map((one) => ({ graph: one, postgraphile: one, sql: [one["kind"], one["from"], one["to"]] }));
    },
  },
};

/** The queries with the variables that this database has. Throws where it has none for one of them. */
export async function readGraphQueries(database: Client): Promise<readonly GraphQuery[]> {
  const rows: Rows = async (sql) => (await database.query<Record<string, string>>(sql)).rows;
  const read = (...path: string[]): string => readFileSync(join(...path), "utf8");
  const queries: GraphQuery[] = [];
  for (const [name, { from, of }] of Object.entries(variants)) {
    const graph = read(from, `${name}.graphql`);
    const found = await of(rows);
    if (found.length === 0) throw new Error(`The database has nothing that ${name} could ask for.`);
    queries.push({
      name,
      as: /^# as: (\w+)$/m.exec(graph)?.[1] ?? "anonymous",
      text: {
        graph,
        postgraphile: read(folder, "peers/queries", `${name}.graphql`),
        sql: read(folder, "peers/queries", `${name}.sql`),
      },
      variants: found,
    });
  }
  return queries;
}
