export {
  createOperationCheck,
  defaultOperationLimits,
  operationLimitCodes,
  refuseDocument,
} from "./operation-check.ts";
export type { OperationCheck, OperationLimitCode, OperationLimits } from "./operation-check.ts";
export { countValues, type AskedOperation, type AssumedSizes } from "./values.ts";
export type { Refusal } from "./limit.ts";
