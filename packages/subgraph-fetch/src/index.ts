export { createSubgraphFetch } from "./subgraph-fetch.ts";
export type { SubgraphFetch, SubgraphFetchOptions, SubgraphFetchRequest } from "./subgraph-fetch.ts";
export { createBudget, type Budget, type BudgetChanges } from "./budget.ts";
export { SubgraphFailure, type FailureFinding } from "./subgraph-failure.ts";
export type { Circuit } from "./circuit-breaker.ts";
export type { SubgraphAnswer } from "./graphql-response.ts";
export { createAnswerCheck, type AnswerCheck, type CheckedAnswer, type SentOperation } from "./answer-check.ts";
export type { Finding, Path } from "./answer-reader.ts";
export type { AnswerError } from "./answer-errors.ts";
