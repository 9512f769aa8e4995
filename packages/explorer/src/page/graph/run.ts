import type { Fetcher } from "@graphiql/toolkit";
import { Kind, parse } from "graphql";
import type { Identity, Session } from "../identity/session.ts";
import { type Answer, askGraph, type Operation } from "./ask.ts";

/** An answer, and what was asked by whom. */
export interface Run {
  readonly operation: Operation;
  readonly identity: Identity;
  readonly answer: Answer;
}

/** What GraphiQL sends its operations through: it adds who asks, and tells of every run but those of the schema. */
export function createRunner(session: Session, onRun: (run: Run) => void): Fetcher {
  return async ({ query, variables, operationName }) => {
    const operation: Operation = { query, variables: (variables ?? {}) as Operation["variables"] };
    const identity = session.current();
    const several = operationsIn(query) > 1;
    const answer = await askGraph(operation, session.headers(), several ? operationName : null);
    if (operationName !== "IntrospectionQuery") onRun({ operation, identity, answer });
    const { data, errors } = answer;
    return { ...(data !== undefined && { data }), ...(errors !== undefined && { errors }) } as Awaited<
      ReturnType<Fetcher>
    >;
  };
}

/** GraphiQL names the operation that it saw last, which may be one that has just been replaced. */
function operationsIn(query: string): number {
  try {
    return parse(query).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
  } catch {
    return 0;
  }
}
