import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import {
  type ArgumentNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  getOperationAST,
  type GraphQLSchema,
  Kind,
  type ObjectFieldNode,
  parse,
  specifiedRules,
  validate,
  visit,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { GraphContext } from "../context.ts";
import { badInput, type ThrownCode } from "../errors/coded-error.ts";
import { type Prepared, prepareVariables } from "./recursive-variables.ts";

export interface Operation {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown> | null;
}

interface Failed {
  readonly errors: readonly GraphQLError[];
}

type Execute = (operation: Operation, context: GraphContext) => Promise<ExecutionResult>;

// The values come from rows, which PostgreSQL has typed already.
const customSerializers = {
  DateTime: (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value),
  Date: (value: unknown): unknown => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
  SafeInt: (value: unknown): unknown => value,
};
/** Of what is kept: how many, and how many characters their texts have together. */
const bounds = { max: 1000, maxSize: 10_000_000, sizeCalculation: (_: unknown, key: string) => key.length };

/**
 * Executes operations with graphql-jit, each text parsed, validated and compiled once (the last 1,000 are kept, as far
 * as their texts have 10 million characters). The gateway is the only caller, so texts are few. Errors come in the result; it never throws for a bad document.
 */
export function createExecutor(schema: GraphQLSchema): Execute {
  const documents = new LRUCache<string, Parsed | Failed>(bounds);
  const compiled = new LRUCache<string, CompiledQuery | Failed>(bounds);

  return async (operation, context) => {
    const key = JSON.stringify([operation.operationName ?? "", operation.query]);
    let parsed = documents.get(key);
    if (parsed === undefined) documents.set(key, (parsed = read(schema, operation)));
    if ("errors" in parsed) return parsed;
    // Without a prototype: a variable may be called toString.
    const variables = Object.assign(Object.create(null), operation.variables) as Record<string, unknown>;
    const absent = parsed.optional.filter((name) => variables[name] === undefined);
    const variant = `${absent.join()}\n${key}`;
    let query = compiled.get(variant);
    if (query === undefined) {
      const made = compileQuery(
        schema,
        without(parsed.prepared.document, absent),
        operation.operationName ?? undefined,
        { customSerializers },
      );
      compiled.set(variant, (query = isCompiledQuery(made) ? made : { errors: made.errors ?? [] }));
    }
    if ("errors" in query) return { errors: query.errors };
    const coerced = parsed.prepared.coerce(variables);
    if ("errors" in coerced) return { errors: coerced.errors.map(({ message }) => badInput(message)) };
    const result = await query.query({}, context, Object.assign(variables, coerced.variables));
    // Without data, not even null, nothing was executed: the variables don't fit.
    if (result.data !== undefined || result.errors === undefined) return result;
    return { errors: result.errors.map(({ message }) => badInput(message)) };
  };
}

interface Parsed {
  readonly prepared: Prepared;
  /** Variables that a request may leave out and that have no default. */
  readonly optional: readonly string[];
}

function read(schema: GraphQLSchema, operation: Operation): Parsed | Failed {
  try {
    const document = parse(operation.query);
    const errors = validate(schema, document, specifiedRules);
    if (errors.length > 0) return coded(errors, "GRAPHQL_VALIDATION_FAILED");
    const operationNode = getOperationAST(document, operation.operationName);
    if (!operationNode) return { errors: [badInput("operationName names no operation of the document.")] };
    const optional = (operationNode.variableDefinitions ?? [])
      .filter(({ type, defaultValue }) => type.kind !== Kind.NON_NULL_TYPE && defaultValue === undefined)
      .map(({ variable }) => variable.name.value);
    return { prepared: prepareVariables(schema, document, operationNode), optional };
  } catch (error) {
    return coded([error as GraphQLError], "GRAPHQL_PARSE_FAILED");
  }
}

/**
 * The document without the arguments and input fields whose variable is absent, as the specification has it.
 * graphql-jit 0.8.9 gives them as null instead, which a filter must refuse. Goes when it tells the two apart.
 */
function without(document: DocumentNode, absent: readonly string[]): DocumentNode {
  if (absent.length === 0) return document;
  const drop = ({ value }: ArgumentNode | ObjectFieldNode): null | undefined =>
    value.kind === Kind.VARIABLE && absent.includes(value.name.value) ? null : undefined;
  return visit(document, { Argument: drop, ObjectField: drop });
}

function coded(errors: readonly GraphQLError[], code: ThrownCode): Failed {
  for (const error of errors) Object.assign(error, { extensions: { code } });
  return { errors };
}
