/** Every scope, and what it lets somebody do. Scopes are public names: the schema's `@requiresScopes` uses them. */
export const scopes = {
  "record:self": "Read one's own certificates, enrolments and other records.",
  "booking:self": "Book, and cancel, a place for oneself.",
  "request:submit": "Ask for support on behalf of the acting organisation.",
  "organisation:read": "Read the acting organisation's people, requests and compliance.",
  "personal:read": "Read names and contacts of everybody.",
  "operations:read": "Read everything operational, of every organisation.",
  "operations:write": "Change everything operational, of every organisation.",
  "analysis:read": "Read every row without its personal data; small counts are suppressed.",
  "request:assess": "Assess and decide requests for support.",
  "request:sponsor": "Sponsor a request for support.",
  "graph:introspect": "Read the schema itself.",
  "account:resolve": "Look up whose account a token is. The gateway itself has it and no role gives it.",
} as const satisfies Record<string, string>;

/** The name of a scope. */
export type Scope = keyof typeof scopes;

interface RoleDefinition {
  readonly description: string;
  readonly scopes: readonly Scope[];
}

/** The one table of roles: what each is, and the scopes it gives. Nothing else in the graph grants a scope. */
export const roles = {
  MEMBER: {
    description: "Staff of an organisation of the Alliance.",
    scopes: ["record:self", "booking:self", "request:submit"],
  },
  LEAD: {
    description: "Leads the organisation's part in the collaborative.",
    scopes: ["record:self", "booking:self", "request:submit", "organisation:read"],
  },
  OFFICE: {
    description: "The collaborative's own office, which runs it.",
    scopes: [
      "record:self",
      "booking:self",
      "request:submit",
      "organisation:read",
      "personal:read",
      "operations:read",
      "operations:write",
      "analysis:read",
      "request:assess",
      "graph:introspect",
    ],
  },
  ANALYST: {
    description: "Asks questions across all services, and sees no personal data.",
    scopes: ["analysis:read", "graph:introspect"],
  },
  PARTNER: {
    description: "Extends the graph with a subgraph of the partner's own.",
    scopes: ["graph:introspect"],
  },
  ALLIANCE_LEADER: {
    description: "Leads an organisation of the Alliance, and sponsors its requests.",
    scopes: ["request:sponsor"],
  },
  OPERATIONS_GROUP: {
    description: "Sits in the operations group, which assesses requests for support.",
    scopes: ["request:assess"],
  },
  FACULTY: {
    description: "Teaches and coaches improvement. What they may do there follows from their faculty membership.",
    scopes: [],
  },
  FACILITATOR: {
    description: "Facilitates workshops and events, and reads what is needed to run them.",
    scopes: ["operations:read"],
  },
  SPONSOR: {
    description: "Sponsors a request for support or the work that comes of it.",
    scopes: ["request:sponsor"],
  },
  CLIENT: {
    description: "A machine client. The scopes here are the most it can have; its token narrows them.",
    scopes: ["operations:read", "analysis:read", "graph:introspect"],
  },
} as const satisfies Record<string, RoleDefinition>;

/** The name of a role. */
export type Role = keyof typeof roles;

/** Whether this text names a role. Roles travel as text; drop what isn't one. */
export function isRole(text: string): text is Role {
  return Object.hasOwn(roles, text);
}

/** Whether this text names a scope. Scopes travel as text; drop what isn't one. */
export function isScope(text: string): text is Scope {
  return Object.hasOwn(scopes, text);
}

/** The union of these roles' scopes, a new set at every call. */
export function scopesOf(held: Iterable<Role>): ReadonlySet<Scope> {
  const union = new Set<Scope>();
  for (const role of held) for (const scope of roles[role].scopes) union.add(scope);
  return union;
}
