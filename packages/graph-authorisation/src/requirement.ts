/** One thing that a caller has or lacks. */
export type Atom = "authenticated" | `scope:${string}` | `policy:${string}`;

/** Alternatives: one of them is enough, all atoms of it are needed. */
export type Clause = readonly (readonly Atom[])[];

/** Clauses that must all be met. The empty requirement is met by everybody. */
export type Requirement = readonly Clause[];

/** Needed: a caller who is signed in. */
export const SIGNED_IN: Clause = [["authenticated"]];

/**
 * The clause of `@requiresScopes` and `@policy`: OR of ANDs. Undefined where it asks for nothing: no alternatives at all,
 * or one that is empty. Composition takes both for "everybody".
 */
export function clauseOf(kind: "scope" | "policy", alternatives: readonly (readonly string[])[]): Clause | undefined {
  if (alternatives.length === 0 || alternatives.some((names) => names.length === 0)) return undefined;
  return alternatives.map((names) => [...new Set(names)].toSorted().map((name) => `${kind}:${name}` as const));
}

/** Whether a caller with these atoms meets the clause. */
export function meets(held: ReadonlySet<Atom>, clause: Clause): boolean {
  return clause.some((atoms) => atoms.every((atom) => held.has(atom)));
}

/** Beyond so many combinations an implication counts as not given: the cost of finding it would have no bound. */
const MOST_TERMS = 10_000;

/** Whether whoever meets all of `given` meets `wanted` too, whatever else they hold. False also where that is too much to find out. */
export function implies(given: Requirement, wanted: Clause): boolean {
  const suffices = (clause: Clause): boolean => clause.every((atoms) => meets(new Set(atoms), wanted));
  if (given.some(suffices)) return true;
  let terms: Clause = [[]];
  for (const clause of given) {
    terms = terms.flatMap((term) => clause.map((atoms) => [...new Set([...term, ...atoms])]));
    if (suffices(terms)) return true;
    if (terms.length > MOST_TERMS) return false;
  }
  return false;
}

/** What a clause asks for, for a person. */
export function describeClause(clause: Clause): string {
  return clause.map((atoms) => atoms.map(describeAtom).join(" and ")).join(", or ");
}

function describeAtom(atom: Atom): string {
  if (atom === "authenticated") return "a caller who is signed in";
  const colon = atom.indexOf(":");
  return `the ${atom.slice(0, colon)} ${atom.slice(colon + 1)}`;
}
