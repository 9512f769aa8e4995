import { type ConstDirectiveNode, type ConstValueNode, Kind } from "graphql";
import { AuthorisationRefused } from "./authorisation.errors.ts";
import { type Clause, SIGNED_IN, clauseOf } from "./requirement.ts";

/** Coordinates (`Type`, `Type.field`) → what the schema asks of who reads them there. As written: nothing is inherited yet. */
export type AuthorisationRules = ReadonlyMap<string, readonly Clause[]>;

/** The three directives, by the identity of the specification that defines each. */
export const authorisationFeatures = {
  "https://specs.apollo.dev/authenticated": { directive: "authenticated", type: undefined, argument: undefined },
  "https://specs.apollo.dev/requiresScopes": { directive: "requiresScopes", type: "Scope", argument: "scopes" },
  "https://specs.apollo.dev/policy": { directive: "policy", type: "Policy", argument: "policies" },
} as const;

export type AuthorisationFeature = (typeof authorisationFeatures)[keyof typeof authorisationFeatures];

/** The clause that an applied directive asks for, none where it lets everybody pass. Throws AuthorisationRefused. */
export function readClause(feature: AuthorisationFeature, node: ConstDirectiveNode, place: string): readonly Clause[] {
  const given = node.arguments ?? [];
  if (feature.argument === undefined) {
    if (given.length > 0) throw refuse(node, place);
    return [SIGNED_IN];
  }
  const [only] = given;
  if (only === undefined || given.length > 1 || only.name.value !== feature.argument) throw refuse(node, place);
  const alternatives = listOf(only.value).map((inner) =>
    listOf(inner).map((value) => {
      if (value.kind !== Kind.STRING || value.value === "") throw refuse(node, place);
      return value.value;
    }),
  );
  const clause = clauseOf(feature.directive === "policy" ? "policy" : "scope", alternatives);
  return clause === undefined ? [] : [clause];
}

/** A single value where a list is expected is a list of one, as everywhere in GraphQL. */
function listOf(value: ConstValueNode): readonly ConstValueNode[] {
  return value.kind === Kind.LIST ? value.values : [value];
}

function refuse(node: ConstDirectiveNode, place: string): AuthorisationRefused {
  return new AuthorisationRefused(`@${node.name.value} on ${place} has arguments that can't be enforced.`);
}
