import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLNamedType,
  Kind,
  type SelectionSetNode,
  getNamedType,
  isInterfaceType,
  isObjectType,
  parse,
  valueFromASTUntyped,
} from "graphql";
import { AuthorisationRefused } from "./authorisation.errors.ts";
import type { Guard } from "./guard.ts";
import { readLinkedFeatures } from "./linked-features.ts";
import { type Requirement, describeClause, implies } from "./requirement.ts";

const JOIN = "https://specs.apollo.dev/join";

/**
 * Refuses a supergraph whose plans would fetch, for somebody, what they may not see: a field must ask at least what the
 * fields that it `@requires` ask, and a type in several subgraphs at least what its keys ask, since a join sends them on.
 * Throws AuthorisationRefused, naming both coordinates and what is missing.
 */
export function refuseUncoveredFetches(supergraph: DocumentNode, guard: Guard): void {
  const join = readLinkedFeatures(supergraph).find(({ identity }) => identity === JOIN);
  const [joinType, joinField] = [join?.directiveNames("type")[0], join?.directiveNames("field")[0]];
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const type = definition.name.value;
    const joined = argumentsOf(joinType, definition.directives);
    if (new Set(joined.map(({ graph }) => graph)).size > 1)
      for (const { key } of joined) hold(`${type}, by its key,`, guard.ofType(type), type, key, guard);
    for (const field of definition.fields ?? []) {
      const place = `${type}.${field.name.value}`;
      for (const { requires } of argumentsOf(joinField, field.directives))
        hold(place, guard.ofField(type, field.name.value), type, requires, guard);
    }
  }
}

function argumentsOf(
  name: string | undefined,
  applied: readonly ConstDirectiveNode[] = [],
): readonly Readonly<Record<string, unknown>>[] {
  return applied
    .filter((each) => each.name.value === name)
    .map(({ arguments: given = [] }) =>
      Object.fromEntries(given.map((each) => [each.name.value, valueFromASTUntyped(each.value)])),
    );
}

function hold(place: string, carried: Requirement, type: string, fieldSet: unknown, guard: Guard): void {
  if (typeof fieldSet !== "string") return;
  for (const { coordinate, asked } of coordinatesOf(fieldSet, type, guard)) {
    const missing = asked.find((clause) => !implies(carried, clause));
    if (missing === undefined) continue;
    const what = `${place} requires ${coordinate}, which needs ${describeClause(missing)}`;
    throw new AuthorisationRefused(
      `${what}. Whoever may see the one must be able to see the other: declare it on both.`,
    );
  }
}

interface Fetched {
  readonly coordinate: string;
  readonly asked: Requirement;
}

function coordinatesOf(fieldSet: string, type: string, guard: Guard): readonly Fetched[] {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  const parent = guard.schema.getType(type);
  return definition?.kind === Kind.OPERATION_DEFINITION && parent
    ? selected(definition.selectionSet, parent, guard)
    : [];
}

function selected({ selections }: SelectionSetNode, parent: GraphQLNamedType, guard: Guard): readonly Fetched[] {
  return selections.flatMap((selection): readonly Fetched[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    const isField = selection.kind === Kind.FIELD;
    const name = isField ? selection.name.value : (selection.typeCondition?.name.value ?? parent.name);
    const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
    const entered = isField ? getNamedType(fields[name]?.type) : guard.schema.getType(name);
    const own = isField
      ? { coordinate: `${parent.name}.${name}`, asked: guard.ofField(parent.name, name) }
      : { coordinate: name, asked: guard.ofType(name) };
    const beneath = selection.selectionSet && entered ? selected(selection.selectionSet, entered, guard) : [];
    return [own, ...beneath];
  });
}
