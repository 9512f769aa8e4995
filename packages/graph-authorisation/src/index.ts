export { splitSupergraph, type SplitSupergraph } from "./split-supergraph.ts";
export type { AuthorisationRules } from "./authorisation.rules.ts";
export {
  createAuthorisation,
  type Authorisation,
  type AuthorisationOptions,
  type FilteredDocument,
} from "./authorisation.ts";
export type { Caller, Claims } from "./caller.ts";
export type { Restored } from "./restore-nulls.ts";
export { AuthorisationRefused, WITHHELD_CODE } from "./authorisation.errors.ts";
