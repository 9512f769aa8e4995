import type { Settings } from "./settings.ts";

const query = `{ workItems(first: 20, where: { status: { eq: ACTIVE } }) { totalCount nodes { __typename title strategy leadOrganisation { name } events(first: 5) { nodes { title startsAt placesLeft } } ... on Rpiw { phase } ... on LearningInitiative { rollOut { target adopted } } ... on LeadershipInitiative { programme { title } } } } }`;

/** What to do with a graph that is ready: where it is, a first query, how to sign in, how to stop. */
export function welcome(settings: Settings, seconds: number): string {
  const url = (name: string): string => `http://127.0.0.1:${settings.ports[name]?.port}`;
  const graph = `${url("gateway")}/graphql`;
  const issuer = url("issuer");
  const token = `${issuer === "http://127.0.0.1:4010" ? "" : `ISSUER_URL=${issuer} `}npx clic token --as`;
  const postgres =
    settings.databaseUrl === null
      ? `127.0.0.1:${settings.ports["postgres"]?.port}, user postgres, password in ${settings.stateDirectory}/postgres/superuser-password`
      : "the server of DATABASE_URL";
  return `
The graph is ready after ${seconds.toFixed(1)} s.

  Explorer     ${url("gateway")}/
  GraphQL      ${graph}
  Health       ${url("gateway")}/health/live and /health/ready
  Issuer       ${issuer}
  PostgreSQL   ${postgres}
  Logs         ${settings.stateDirectory}/logs

A first query, across all five services; paste it into another terminal:

  curl -s ${graph} -H 'content-type: application/json' -d '${JSON.stringify({ query })}'

Sign in as a user of each kind; this prints a bearer token:

  ${token} member|secondee|lead|office|analyst|partner

  curl -s ${graph} -H 'content-type: application/json' -H "authorization: Bearer $(${token} member)" -d '{"query":"{ me { displayName } }"}'

Stop with Ctrl-C. The next npm start keeps the data; npm start -- --fresh begins anew.
`;
}
