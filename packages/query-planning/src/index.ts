export {
  createPlanner,
  type PlanOptions,
  type PlannedOperation,
  type Planner,
  type PlannerOptions,
} from "./planner.ts";
export { createPlanStore, type PlanStore, type PlanStoreOptions } from "./plan-store.ts";
export { PlanningRefused } from "./planning-refused.ts";
export type { IntrospectionTask, PlanTask } from "./planner.messages.ts";
