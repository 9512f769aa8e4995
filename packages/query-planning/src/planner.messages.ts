/** What a planning thread is started with. */
export interface PlannerStart {
  readonly supergraph: string;
  /** Ways through the subgraphs that are compared; beyond it the first found is good enough. */
  readonly maxEvaluatedPlans: number;
  /** Characters of a plan as JSON. */
  readonly maxPlanSize: number;
}

export interface PlanTask {
  readonly document: string;
  readonly operationName: string | undefined;
}

/** `plan` is JSON: its reader pays for it once, and its size is known. */
export type PlannerMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "planned"; readonly plan: string }
  | { readonly kind: "too costly"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };
