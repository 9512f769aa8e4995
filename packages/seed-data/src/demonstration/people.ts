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

/** Everybody who is made up: the development users first, then thirty more, spread over the organisations. */
export const demonstrationPeople: readonly DemonstrationPerson[] = [
  ...developmentUsers,
  ...Array.from({ length: 30 }, (_, index) => ({
    key: `demo-person-${index + 1}`,
    displayName: `Demonstration Person ${index + 1}`,
    memberships: [{ organisation: homes[index % homes.length] as string, roles: ["MEMBER"] }],
  })),
];
