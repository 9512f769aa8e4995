import { scopes, scopesOf, type Role, type Scope } from "./roles.ts";

/** Who is looking. Resolvers, rules and row-level security see this, never a token. */
export interface Viewer {
  readonly kind: "anonymous" | "person" | "client" | "system";
  /** `per_…`; null unless `kind` is person. */
  readonly personId: string | null;
  /** `org_…`, the organisation they act for; null when they have none. */
  readonly organisationId: string | null;
  /** The machine client, or the system's component; null for people. */
  readonly clientId: string | null;
  readonly roles: readonly Role[];
  readonly scopes: ReadonlySet<Scope>;
}

/** Somebody who hasn't signed in. */
export const anonymousViewer: Viewer = Object.freeze({
  kind: "anonymous",
  personId: null,
  organisationId: null,
  clientId: null,
  roles: Object.freeze([]),
  scopes: new Set<Scope>(),
});

/**
 * The system itself, with every scope: for loads and consumers of the bus.
 * Never make one from a request: no token can carry it.
 */
export function systemViewer(component: string): Viewer {
  return { ...anonymousViewer, kind: "system", clientId: component, scopes: new Set(Object.keys(scopes) as Scope[]) };
}

/** A person acting for one organisation (or none), with the scopes of the roles they have there. */
export function personViewer(person: {
  personId: string;
  organisationId: string | null;
  roles: readonly Role[];
}): Viewer {
  return { ...anonymousViewer, ...person, kind: "person", scopes: scopesOf(person.roles) };
}

/** A machine client with exactly these scopes. The caller has narrowed them; see `chooseViewer`. */
export function clientViewer(client: {
  clientId: string;
  organisationId?: string | null;
  roles?: readonly Role[];
  scopes: Iterable<Scope>;
}): Viewer {
  return {
    kind: "client",
    personId: null,
    organisationId: client.organisationId ?? null,
    clientId: client.clientId,
    roles: client.roles ?? [],
    scopes: new Set(client.scopes),
  };
}
