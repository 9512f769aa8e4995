export {
  isRefusal,
  isRefusedAs,
  unforeseen,
  type Refusal,
  type RefusalCode,
  type RefusalCodeOf,
  type RefusalOf,
  type RefusalTypename,
  type SuccessOf,
} from "./refusal.ts";
export { formErrors, type FormErrors } from "./form-errors.ts";
export {
  sortErrors,
  withheldFields,
  type ErrorCode,
  type ErrorKind,
  type GraphError,
  type ResponseError,
  type SortedErrors,
  type WithheldField,
} from "./graph-error.ts";
export { errorMeanings, refusalTypes } from "./generated/codes.ts";
