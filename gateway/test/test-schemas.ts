import { GraphQLError } from "graphql";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@inaccessible"])\n`;

export const CLIC = "org_01890000-0000-7000-8000-000000000001";
export const CPFT = "org_01890000-0000-7000-8000-000000000002";
export const PERSON = "per_01890000-0000-7000-8000-000000000003";

const membership = (organisationId: string, roles: string[], primary: boolean): object => ({
  organisationId,
  roles,
  primary,
});
const person = (memberships: object[]): object => ({
  id: "acc_1",
  kind: "PERSON",
  personId: PERSON,
  clientId: null,
  memberships,
});

const accounts: Readonly<Record<string, object>> = {
  member: person([membership(CPFT, ["MEMBER"], true)]),
  analyst: person([membership(CLIC, ["ANALYST"], true)]),
  secondee: person([membership(CPFT, ["MEMBER"], true), membership(CLIC, ["OFFICE"], false)]),
  "clic-machine": {
    id: "acc_2",
    kind: "CLIENT",
    personId: null,
    clientId: "clic-machine",
    memberships: [membership(CLIC, ["CLIENT"], true)],
  },
};

export const organisations = {
  sdl: `${LINK}
    type Query {
      organisation: Organisation
      account(issuer: String!, subject: String!): Account @inaccessible
    }
    type Organisation @key(fields: "id") { id: ID! name: String! }
    type Account @inaccessible { id: ID! kind: String! personId: ID clientId: String memberships: [AccountMembership!]! }
    type AccountMembership @inaccessible { organisationId: ID! roles: [String!]! primary: Boolean! }
  `,
  resolvers: {
    Query: {
      organisation: () => ({ id: CLIC, name: "CLIC" }),
      account: (_: unknown, { subject }: { subject: string }) => accounts[subject] ?? null,
    },
    Organisation: { __resolveReference: ({ id }: { id: string }) => ({ id, name: "CLIC" }) },
  },
};

interface Seen {
  viewer: {
    kind: string;
    personId: string | null;
    organisationId: string | null;
    clientId: string | null;
    roles: string[];
  };
}

export const events = {
  sdl: `${LINK}
    type Query { events: [Event!] viewer: Seen "Throws what a bug would." broken: String forbidden: String odd: String }
    type Mutation { bookPlace: String }
    type Event @key(fields: "id") { id: ID! title: String! host: Organisation }
    type Organisation @key(fields: "id") { id: ID! events: [Event!] }
    type Seen { kind: String! personId: ID organisationId: ID clientId: String roles: [String!]! }
  `,
  resolvers: {
    Query: {
      events: () => [{ id: "evt_1", title: "Launch", host: { id: CLIC } }],
      viewer: (_: unknown, _arguments: unknown, { viewer }: Seen) => viewer,
      broken: () => {
        throw new Error("connect ECONNREFUSED postgres://events_service:hunter2@db.internal:5432/clic");
      },
      forbidden: () => {
        throw new GraphQLError("Only the office may see this.", {
          extensions: { code: "FORBIDDEN", table: "booking" },
        });
      },
      odd: () => {
        throw new GraphQLError("relation booking does not exist", { extensions: { code: "42P01", id: "abc-1" } });
      },
    },
    Mutation: { bookPlace: () => "booked" },
    Organisation: { events: () => [{ id: "evt_1", title: "Launch" }] },
  },
};
