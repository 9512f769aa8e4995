import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
  parse,
  visit,
} from "graphql";
import { LRUCache } from "lru-cache";
import { type AnswerError, readErrors } from "./answer-errors.ts";
import { AnswerReader, type Finding, type Representation } from "./answer-reader.ts";
import { type ObjectShape, objectShape } from "./answer-shape.ts";
import type { SubgraphAnswer } from "./graphql-response.ts";

export interface SentOperation {
  readonly query: string;
  /** The same, parsed, when somebody has it. */
  readonly document?: DocumentNode | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** An answer that has the shape of what was asked. */
export interface CheckedAnswer {
  readonly data: Record<string, unknown> | null;
  /** What did not fit; null in `data`. */
  readonly findings: readonly Finding[];
  /** What the subgraph said went wrong. */
  readonly errors: readonly AnswerError[];
}

/** Holds answers to the operations they answer. Throws for an operation that does not fit the subgraph's schema. */
export interface AnswerCheck {
  isRead(operation: SentOperation): boolean;
  /** Takes `answer` over: it is changed in place. */
  check(operation: SentOperation, answer: SubgraphAnswer): CheckedAnswer;
}

interface Compiled {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The variables that @skip and @include ask, and their defaults. */
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly shapes: LRUCache<string, ObjectShape>;
}

const MOST_OPERATIONS = 2_000;
/** Of their texts together; the memory is some ten times that. */
const MOST_CHARACTERS = 5_000_000;
/** Combinations of conditions of one operation. */
const MOST_SHAPES = 32;

/**
 * Checks the answers of one subgraph by the subgraph's own schema. What follows from an operation's text is worked out once
 * and kept.
 */
export function createAnswerCheck(schema: GraphQLSchema): AnswerCheck {
  const operations = new LRUCache<string, Compiled>({
    max: MOST_OPERATIONS,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (_compiled, query) => query.length,
  });

  function compiled({ query, document }: SentOperation): Compiled {
    let known = operations.get(query);
    if (!known) operations.set(query, (known = compile(document ?? parse(query, { noLocation: true }))));
    return known;
  }

  function shapeOf({ operation, fragments, conditions, shapes }: Compiled, variables: Representation): ObjectShape {
    const met = new Map([...conditions].map(([name, absent]) => [name, (variables[name] ?? absent) === true]));
    const key = [...met.values()].join();
    let shape = shapes.get(key);
    if (shape) return shape;
    const type = schema.getRootType(operation.operation);
    if (!type) throw new Error(`the schema has no ${operation.operation}`);
    const included = (directives: readonly DirectiveNode[] = []): boolean => holds(directives, met);
    shape = objectShape({ schema, fragments, included }, type, [operation.selectionSet], true);
    shapes.set(key, shape);
    return shape;
  }

  return {
    isRead: (sent) => compiled(sent).operation.operation === "query",
    check(sent, { data, errors }) {
      const variables = sent.variables ?? {};
      const shape = shapeOf(compiled(sent), variables);
      const representations = (variables["representations"] ?? []) as readonly Representation[];
      const told = readErrors(errors, shape, representations.length);
      if (data === null) return { data, findings: [], errors: told };
      const reader = new AnswerReader({ schema, representations, told: errors.length > 0 });
      return { data: reader.read(shape, data), findings: reader.findings, errors: told };
    },
  };
}

function compile(document: DocumentNode): Compiled {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }
  if (!operation) throw new Error("the document has no operation");
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, isTrue(defaultValue)]),
  );
  const conditions = new Map<string, boolean>();
  visit(document, {
    Directive({ name, arguments: given }) {
      const value = given?.[0]?.value;
      if (!isCondition(name.value) || value?.kind !== Kind.VARIABLE) return;
      conditions.set(value.name.value, defaults.get(value.name.value) ?? false);
    },
  });
  return { operation, fragments, conditions, shapes: new LRUCache({ max: MOST_SHAPES }) };
}

function holds(directives: readonly DirectiveNode[], met: ReadonlyMap<string, boolean>): boolean {
  return directives.every(({ name, arguments: given }) => {
    if (!isCondition(name.value)) return true;
    const value = given?.[0]?.value;
    const is = value?.kind === Kind.VARIABLE ? met.get(value.name.value) : isTrue(value);
    return is === (name.value === "include");
  });
}

const isCondition = (name: string): boolean => name === "include" || name === "skip";
const isTrue = (value: ValueNode | undefined): boolean => value?.kind === Kind.BOOLEAN && value.value;
