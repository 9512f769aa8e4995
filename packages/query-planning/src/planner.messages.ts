/** What a planning thread is started with. */
export interface PlannerStart {
  readonly supergraph: string;
  /** Ways through the subgraphs that are compared; beyond it the first found is good enough. */
  readonly maxEvaluatedPlans: number;
  /** Characters of an answer, which is JSON. */
  readonly maxAnswerSize: number;
}

export interface PlanTask {
  readonly document: string;
  readonly operationName: string | undefined;
}

export interface IntrospectionTask extends PlanTask {
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

export type ThreadTask =
  | { readonly kind: "plan"; readonly task: PlanTask }
  | { readonly kind: "introspect"; readonly task: IntrospectionTask };

/** `answer` is JSON: its reader pays for it once, and its size is known. */
export type PlannerMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly answer: string }
  | { readonly kind: "too costly"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };
