export {
  createOperationCheck,
  defaultOperationLimits,
  operationLimitCodes,
  refuseDocument,
} from "./operation-check.ts";
export type { OperationCheck, OperationLimitCode, OperationLimits } from "./operation-check.ts";
export { countRows, type AskedOperation, type AssumedSizes } from "./rows.ts";
export type { Refusal } from "./limit.ts";
