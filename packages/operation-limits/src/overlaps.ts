import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import { operationsOf } from "./follow-fragments.ts";
import type { DocumentLimit } from "./limit.ts";

/** Fields that are looked at; an operation with more counts as endless. */
const MAX_FIELDS = 100_000;

/** Where fields of one response name meet, and what they select together. */
interface Meeting {
  fields: number;
  readonly below: Map<string, Meeting>;
}

/**
 * Pairs of fields that end in the same place of the answer, fragments followed. Validation compares each with each, and what
 * they select with what they select; so 400 times the same field are 80,000 comparisons.
 */
export const overlaps = {
  code: "TOO_MANY_OVERLAPS",
  unit: "pairs of fields for the same place of the answer",
  measure: (document) => Math.max(0, ...operationsOf(document).map((operation) => pairsOf(document, operation))),
} as const satisfies DocumentLimit;

function pairsOf(document: DocumentNode, operation: OperationDefinitionNode): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  const following = new Set<string>();
  let pairs = 0;
  let looked = 0;

  function meet({ alias, name, selectionSet }: FieldNode, place: Map<string, Meeting>): void {
    const key = alias?.value ?? name.value;
    let meeting = place.get(key);
    if (!meeting) place.set(key, (meeting = { fields: 0, below: new Map() }));
    pairs += meeting.fields;
    meeting.fields += 1;
    looked += 1;
    if (selectionSet) follow(selectionSet, meeting.below);
  }

  function follow({ selections }: SelectionSetNode, place: Map<string, Meeting>): void {
    for (const selection of selections) {
      if (looked > MAX_FIELDS) return;
      if (selection.kind === Kind.FIELD) meet(selection, place);
      else if (selection.kind === Kind.INLINE_FRAGMENT) follow(selection.selectionSet, place);
      else spread(selection.name.value, place);
    }
  }

  function spread(name: string, place: Map<string, Meeting>): void {
    const set = fragments.get(name);
    if (!set || following.has(name)) return;
    following.add(name);
    follow(set, place);
    following.delete(name);
  }

  follow(operation.selectionSet, new Map());
  return looked > MAX_FIELDS ? Infinity : pairs;
}
