/** Somebody to sign in as. The name is the token's subject; Organisations' demonstration accounts say who that is. */
export interface DevelopmentUser {
  readonly name: string;
  readonly description: string;
}

export const users: readonly DevelopmentUser[] = [
  { name: "member", description: "staff of an organisation of the Alliance" },
  { name: "secondee", description: "seconded, with a home organisation and a host" },
  { name: "lead", description: "leads their organisation's part in the collaborative" },
  { name: "office", description: "the collaborative's office" },
  { name: "analyst", description: "asks questions and sees no personal data" },
  { name: "partner", description: "extends the graph with a subgraph" },
];

/** Whether this is the name of a development user. */
export function isUser(name: unknown): name is string {
  return users.some((user) => user.name === name);
}
