import {
  type DirectiveNode,
  type FieldNode,
  GraphQLError,
  type GraphQLOutputType,
  GraphQLNonNull,
  GraphQLString,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  valueFromASTUntyped,
} from "graphql";
import { WITHHELD_CODE } from "./authorisation.errors.ts";
import type { Caller } from "./caller.ts";
import type { FilteredOperation, Withheld } from "./filter-operation.ts";
import type { Guard } from "./guard.ts";
import { describeClause } from "./requirement.ts";

export interface Restored {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly GraphQLError[];
}

/** An answer doesn't tell more places than this one by one: it could be many times as long as what was asked. */
const MOST_ERRORS = 1_000;

type Variables = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** Selection sets that are read from one object together; `by` where all of a set is withheld. */
interface Group {
  readonly sets: readonly { readonly set: SelectionSetNode; readonly by: Withheld | undefined }[];
  readonly memo: Map<string, ReadonlyMap<string, Entry>>;
}

type Entries = Map<string, Entry>;

/** What an object has under one response key. */
interface Entry {
  readonly type: GraphQLOutputType;
  /** Why it is null; undefined when at least one selection of it was kept. */
  by: Withheld | undefined;
  /** Whether something beneath it may have to become null. */
  touched: boolean;
  readonly beneath: { set: SelectionSetNode; by: Withheld | undefined }[];
  group: Group | undefined;
}

/**
 * Gives the answer to a filtered operation the shape of the original: null, and an error with its path, in each place
 * that was withheld; where the schema says non-null, the null goes up. Keys stand in the original's order, and what the
 * filter asked for itself is gone. `data` is left as it is.
 */
export function restoreNulls(
  filtered: FilteredOperation,
  caller: Caller,
  guard: Guard,
  data: Readonly<Record<string, unknown>>,
  given: Variables,
): Restored {
  const { operation, fragments, withheld, touched, marker } = filtered;
  const variables = withDefaults(operation, given);
  const errors: GraphQLError[] = [];
  let places = 0;

  function tell(by: Withheld, path: Path): null {
    places += 1;
    if (places <= MOST_ERRORS) errors.push(withheldError(by, { path }));
    return null;
  }

  function collect(group: Group, type: string): ReadonlyMap<string, Entry> {
    const known = group.memo.get(type);
    if (known !== undefined) return known;
    const entries: Entries = new Map();
    // A fragment is read once as kept and once as withheld at most, however often fragments spread one another.
    const spread = new Set<string>();
    for (const { set, by } of group.sets) collectSet(entries, spread, type, set, by);
    group.memo.set(type, entries);
    return entries;
  }

  function collectSet(
    entries: Entries,
    spread: Set<string>,
    type: string,
    { selections }: SelectionSetNode,
    outer?: Withheld,
  ): void {
    for (const node of selections) {
      if (!isIncluded(node.directives, variables)) continue;
      const by = outer ?? withheld.get(node);
      if (node.kind === Kind.FIELD) {
        collectField(entries, type, node, by);
        continue;
      }
      const isSpread = node.kind === Kind.FRAGMENT_SPREAD;
      const inner = isSpread ? fragments.get(node.name.value) : node;
      const visit = isSpread && `${node.name.value} ${by === undefined}`;
      if (inner === undefined || !applies(inner.typeCondition?.name.value, type)) continue;
      if (visit !== false && spread.has(visit)) continue;
      if (visit !== false) spread.add(visit);
      collectSet(entries, spread, type, inner.selectionSet, by);
    }
  }

  function collectField(entries: Entries, type: string, node: FieldNode, by: Withheld | undefined): void {
    const key = (node.alias ?? node.name).value;
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = { type: typeOf(type, node.name.value), by, touched: false, beneath: [], group: undefined };
      entries.set(key, entry);
    }
    if (by === undefined) entry.by = undefined;
    if (node.selectionSet === undefined) return;
    entry.touched ||= by !== undefined || touched.has(node);
    entry.beneath.push({ set: node.selectionSet, by });
  }

  function applies(condition: string | undefined, type: string): boolean {
    if (condition === undefined || condition === type) return true;
    const [abstract, possible] = [guard.schema.getType(condition), guard.schema.getType(type)];
    return isAbstractType(abstract) && isObjectType(possible) && guard.schema.isSubType(abstract, possible);
  }

  function typeOf(type: string, field: string): GraphQLOutputType {
    const parent = guard.schema.getType(type);
    const found = isObjectType(parent) ? parent.getFields()[field]?.type : undefined;
    return found ?? (field === "__typename" ? new GraphQLNonNull(GraphQLString) : GraphQLString);
  }

  function completeObject(value: Variables, type: string, group: Group, path: Path): Record<string, unknown> | null {
    const clause = caller.unmet(guard.ofType(type));
    if (clause !== undefined && path.length > 0) return tell({ coordinate: type, clause }, path);
    const object = Object.create(null) as Record<string, unknown>;
    for (const [key, entry] of collect(group, type)) {
      const found = Object.hasOwn(value, key) ? value[key] : undefined;
      if (entry.by !== undefined) object[key] = tell(entry.by, [...path, key]);
      else if (!entry.touched) object[key] = found;
      else {
        entry.group ??= { sets: entry.beneath, memo: new Map() };
        object[key] = complete(entry.type, found, entry.group, [...path, key]);
      }
      if (isNonNullType(entry.type) && object[key] === null) return null;
    }
    return object;
  }

  function complete(type: GraphQLOutputType, value: unknown, group: Group, path: Path): unknown {
    if (isNonNullType(type)) return complete(type.ofType, value, group, path);
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return null;
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) {
        items.push(complete(type.ofType, item, group, [...path, index]));
        if (isNonNullType(type.ofType) && items[index] === null) return null;
      }
      return items;
    }
    const object = value as Variables;
    if (!isAbstractType(type)) return completeObject(object, type.name, group, path);
    // An object that doesn't say what it is can't be judged.
    const told = object[marker];
    return typeof told === "string" ? completeObject(object, told, group, path) : null;
  }

  const root = guard.schema.getRootType(operation.operation)?.name ?? "";
  const whole: Group = { sets: [{ set: operation.selectionSet, by: undefined }], memo: new Map() };
  const restored = completeObject(data, root, whole, []);
  if (places > MOST_ERRORS) {
    const message = `${places - MOST_ERRORS} more places are withheld from you, beside those told one by one.`;
    errors.push(new GraphQLError(message, { extensions: { code: WITHHELD_CODE } }));
  }
  return { data: restored, errors };
}

/** The error that a caller reads about something withheld. */
export function withheldError(
  { coordinate, clause }: Withheld,
  options: { readonly path: Path } | { readonly nodes: readonly SelectionNode[] },
): GraphQLError {
  const message = `${coordinate} is withheld from you: it needs ${describeClause(clause)}.`;
  return new GraphQLError(message, { ...options, extensions: { code: WITHHELD_CODE } });
}

function isIncluded(directives: readonly DirectiveNode[] = [], variables: Variables): boolean {
  return directives.every((directive) => {
    const { value: name } = directive.name;
    const condition = directive.arguments?.find((each) => each.name.value === "if")?.value;
    if (condition === undefined || (name !== "skip" && name !== "include")) return true;
    const holds = valueFromASTUntyped(condition, variables) === true;
    return name === "include" ? holds : !holds;
  });
}

function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, given: Variables): Variables {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
  );
  return { ...Object.fromEntries(defaults), ...given };
}
