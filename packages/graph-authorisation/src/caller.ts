import type { Guard } from "./guard.ts";
import { type Atom, type Clause, type Requirement, meets } from "./requirement.ts";

/** What is known of somebody who asks. */
export interface Claims {
  readonly authenticated: boolean;
  readonly scopes: Iterable<string>;
  /** The policies that hold for them, of those that the rules name; whoever knows the caller has decided. */
  readonly policies: Iterable<string>;
}

/** A kind of caller: all who meet the same of the schema's clauses, and so may see the same of it. */
export interface Caller {
  /** Equal for two callers if and only if they may see the same. Only for callers of one supergraph. */
  readonly kind: string;
  /** The first clause that they don't meet; undefined where they may see it. */
  unmet(requirement: Requirement): Clause | undefined;
}

/** Tells of which kind somebody is. */
export function tellCaller({ authenticated, scopes, policies }: Claims, { clauses }: Guard): Caller {
  const held = new Set<Atom>(authenticated ? ["authenticated"] : []);
  for (const scope of scopes) held.add(`scope:${scope}`);
  for (const policy of policies) held.add(`policy:${policy}`);
  const met = new Set(clauses.filter((clause) => meets(held, clause)));
  return {
    kind: clauses.map((clause) => (met.has(clause) ? "1" : "0")).join(""),
    unmet: (requirement) => requirement.find((clause) => !met.has(clause)),
  };
}
