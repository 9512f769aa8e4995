// PostGraphile 5 over the graph's own tables, as production would run it: `DATABASE_URL`, `PORT` and `VIEWERS` (JSON: the
// PostgreSQL settings of each viewer, whom the header `x-viewer` names) in the environment. Row-level security is on.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { addPgTableCondition, extendSchema, gql } from "postgraphile/utils";

const { DATABASE_URL, PORT, VIEWERS } = process.env;
const viewers = JSON.parse(VIEWERS);

/** An event's kinds and times as the list with filters asks for them; equality alone comes with PostGraphile. */
const startsAt = (name, compare) =>
  addPgTableCondition(
    { schemaName: "events", tableName: "event" },
    name,
    (build) => ({ type: build.graphql.GraphQLString }),
    (value, { sqlTableAlias, sql, sqlValueWithCodec, build }) =>
      sql`${sqlTableAlias}.starts_at ${compare(sql)} ${sqlValueWithCodec(value, build.dataplanPg.TYPES.timestamptz)}`,
  );

/** A work item keeps its whole global id, the strategies' tables the bare uuid behind the prefix. */
const delivery = extendSchema((build) => {
  const { sql, dataplanPg, grafast } = build;
  const {
    education_learning_roll_out: rollOuts,
    leadership_programme: programmes,
    production_system_rpiw: rpiws,
    person: people,
  } = build.input.pgRegistry.pgResources;
  const uuid = ($item) => $item.select(sql`substr(${$item.getClassStep().alias}.id, 5)::uuid`, dataplanPg.TYPES.uuid);
  return {
    typeDefs: gql`
      extend type Query {
        me: Person
      }
      extend type WorkItem {
        rollOut: EducationLearningRollOut
        programme: LeadershipProgramme
        rpiw: ProductionSystemRpiw
      }
    `,
    objects: {
      Query: { plans: { me: () => people.get({ id: grafast.context().get("personId") }) } },
      WorkItem: {
        plans: {
          rollOut: ($item) => rollOuts.get({ work_item_id: uuid($item) }),
          programme: ($item) => programmes.get({ work_item_id: uuid($item) }),
          rpiw: ($item) => rpiws.get({ id: uuid($item) }),
        },
      },
    },
  };
});

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [delivery, startsAt("startsAtOrAfter", (sql) => sql`>=`), startsAt("startsBefore", (sql) => sql`<`)],
  pgServices: [
    makePgService({
      connectionString: DATABASE_URL,
      schemas: ["organisations", "education_learning", "production_system", "leadership", "events"],
      poolConfig: { max: 10 },
    }),
  ],
  // As the graph orders: what has no value comes last, either way.
  schema: { pgOrderByNullsLast: true },
  grafast: {
    context: ({ node }) => {
      const pgSettings = viewers[node.req.headers["x-viewer"]];
      return { pgSettings, personId: pgSettings["app.person"] || null };
    },
    explain: false,
  },
  grafserv: { graphiql: false, websockets: false, watch: false, dangerouslyAllowAllCORSRequests: false },
};

const instance = postgraphile(preset);
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(PORT), "127.0.0.1", () => process.stdout.write("ready\n"));
process.on("SIGTERM", () => process.exit(0));
if (process.argv.includes("--print")) {
  const { printSchema } = await import("postgraphile/graphql");
  process.stdout.write(printSchema(await instance.getSchema()));
}
