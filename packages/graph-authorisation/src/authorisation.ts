import { createHash } from "node:crypto";
import {
  type DocumentNode,
  type GraphQLError,
  type OperationDefinitionNode,
  getOperationAST,
  parse,
  print,
} from "graphql";
import { LRUCache } from "lru-cache";
import { type Caller, type Claims, tellCaller } from "./caller.ts";
import { type FilteredOperation, filterOperation } from "./filter-operation.ts";
import { createGuard } from "./guard.ts";
import { refuseUncoveredFetches } from "./refuse-uncovered-fetches.ts";
import { type Restored, restoreNulls, withheldError } from "./restore-nulls.ts";
import type { SplitSupergraph } from "./split-supergraph.ts";

/** A document as one kind of caller may ask it. */
export interface FilteredDocument {
  /** What to plan and execute in the original's place; null when nothing of it may be asked. */
  readonly document: DocumentNode | null;
  /** SHA-256 of the document's text. Key plans and answers by this and never by the original's. */
  readonly hash: string;
  /** One error for each coordinate that the document asks for and the caller may not see. To refuse it, answer with these. */
  readonly refusals: readonly GraphQLError[];
  /** The answer to the original: null and an error with its path in each withheld place. `variables` are the original's. */
  restore(data: Readonly<Record<string, unknown>> | null, variables?: Readonly<Record<string, unknown>>): Restored;
}

export interface Authorisation {
  /** The policies that rules name: those that somebody has to decide for each caller. */
  readonly policies: ReadonlySet<string>;
  /** Of which kind a caller is. */
  caller(claims: Claims): Caller;
  /**
   * The document as this caller may ask it, or undefined when it may be asked as it stands. `document` must be valid
   * against the supergraph's API schema and never be changed: what is found out is remembered by its identity, the
   * operation and the kind of caller. With several operations and none named, undefined: there is nothing to execute.
   */
  filter(
    document: DocumentNode,
    operationName: string | null | undefined,
    caller: Caller,
  ): FilteredDocument | undefined;
}

export interface AuthorisationOptions {
  /** How many pairs of operation and kind of caller are remembered. */
  readonly mostRemembered?: number;
  /** How long the texts of what is remembered are together, in characters; the memory is some hundred times that. */
  readonly mostCharacters?: number;
}

/** Enforces the rules of a supergraph. Throws AuthorisationRefused where they don't match it or can't be kept by it. */
export function createAuthorisation(
  { supergraph, rules }: SplitSupergraph,
  { mostRemembered = 5_000, mostCharacters = 500_000 }: AuthorisationOptions = {},
): Authorisation {
  const schema = parse(supergraph, { noLocation: true });
  const guard = createGuard(rules, schema);
  refuseUncoveredFetches(schema, guard);
  const policies = guard.clauses.flat(2).flatMap((atom) => (atom.startsWith("policy:") ? [atom.slice(7)] : []));

  const documents = new WeakMap<DocumentNode, number>();
  let latest = 0;
  const remembered = new LRUCache<string, FilteredDocument | "as it stands">({
    max: mostRemembered,
    maxSize: mostCharacters,
  });

  function find(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    caller: Caller,
  ): FilteredDocument | undefined {
    const filtered = filterOperation(document, operation, caller, guard);
    if (filtered === undefined) return undefined;
    const text = filtered.document === null ? "" : print(filtered.document);
    return {
      document: filtered.document,
      hash: createHash("sha256").update(text).digest("hex"),
      refusals: refusalsOf(filtered),
      restore: (data, variables = {}) =>
        data === null && filtered.document !== null
          ? { data, errors: [] }
          : restoreNulls(filtered, caller, guard, data ?? {}, variables),
    };
  }

  return {
    policies: new Set(policies),
    caller: (claims) => tellCaller(claims, guard),
    filter(document, operationName, caller) {
      if (guard.clauses.length === 0 || !caller.kind.includes("0")) return undefined;
      const operation = getOperationAST(document, operationName);
      if (!operation) return undefined;
      let number = documents.get(document);
      if (number === undefined) documents.set(document, (number = latest += 1));
      const key = `${number} ${caller.kind} ${operation.name?.value ?? ""}`;
      let found = remembered.get(key);
      if (found === undefined) {
        found = find(document, operation, caller) ?? "as it stands";
        remembered.set(key, found, { size: found === "as it stands" ? 1 : print(document).length });
      }
      return found === "as it stands" ? undefined : found;
    },
  };
}

function refusalsOf({ withheld }: FilteredOperation): readonly GraphQLError[] {
  const coordinates = Map.groupBy(withheld, ([, { coordinate }]) => coordinate);
  return [...coordinates.values()].map((places) =>
    withheldError(places[0]![1], { nodes: places.map(([node]) => node) }),
  );
}
