/** Somebody made up. `employer` and the organisations are keys of founding or demonstration organisations. */
export interface DemonstrationPerson {
  readonly key: string;
  readonly displayName: string;
  readonly memberships: readonly { readonly organisation: string; readonly roles: readonly string[] }[];
}

/** Who signs in in development; the subject at the development issuer is the key. The first membership is the primary. */
export const developmentUsers: readonly DemonstrationPerson[] = [
  { key: "member", displayName: "Mary Member", memberships: [{ organisation: "demo-practice-1", roles: ["MEMBER"] }] },
  {
    key: "secondee",
    displayName: "Sam Secondee",
    memberships: [
      { organisation: "demo-trust-1", roles: ["MEMBER"] },
      { organisation: "CLIC", roles: ["MEMBER", "FACILITATOR"] },
    ],
  },
  {
    key: "lead",
    displayName: "Leila Lead",
    memberships: [{ organisation: "demo-practice-1", roles: ["MEMBER", "LEAD", "SPONSOR"] }],
  },
  { key: "office", displayName: "Olu Office", memberships: [{ organisation: "CLIC", roles: ["MEMBER", "OFFICE"] }] },
  { key: "analyst", displayName: "Anna Analyst", memberships: [{ organisation: "CLIC", roles: ["ANALYST"] }] },
  {
    key: "partner",
    displayName: "Parveen Partner",
    memberships: [{ organisation: "demo-provider-1", roles: ["PARTNER"] }],
  },
];

const homes = [
  "demo-trust-1",
  "demo-trust-2",
  "demo-council-1",
  "demo-provider-1",
  ...Array.from({ length: 18 }, (_, index) => `demo-practice-${index + 1}`),
];

/** Where there are enough people that counts of them say nothing of anybody. */
const teams = [
  "demo-trust-1",
  "demo-trust-2",
  "demo-council-1",
  "demo-provider-1",
  "demo-practice-1",
  "demo-practice-2",
];
const ofTeams = 48;

const person = (number: number, organisation: string): DemonstrationPerson => ({
  key: `demo-person-${number}`,
  displayName: `Demonstration Person ${number}`,
  memberships: [{ organisation, roles: ["MEMBER"] }],
});

/**
 * Everybody who is made up: the development users first, then thirty more, spread over the organisations, then eight more
 * for each of six of them.
 */
export const demonstrationPeople: readonly DemonstrationPerson[] = [
  ...developmentUsers,
  ...Array.from({ length: 30 }, (_, index) => person(index + 1, homes[index % homes.length] as string)),
  ...Array.from({ length: ofTeams }, (_, index) => person(index + 31, teams[index % teams.length] as string)),
];
