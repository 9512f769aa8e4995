export { defineOrm, connect, migrate, type Orm } from "./orm.ts";
export { defineSubgraph, printErrors, printSubgraph, type Slice, type Subgraph } from "./subgraph.ts";
export {
  runService,
  startService,
  type Background,
  type RunningParts,
  type RunningService,
  type ServiceOptions,
} from "./service.ts";
export { createApp, createContext } from "./http/app.ts";
export { type GraphContext, type Reference, type UseCase } from "./context.ts";
export { transact, rollback } from "./transact.ts";
export { mutate, present } from "./mutate.ts";
export { loaderOf } from "./loader.ts";
export { loadRows } from "./load-rows.ts";
export { idOf, UuidColumn } from "./row/global-id.type.ts";
export { defineRows, type Row, type RowSource } from "./row/row-source.ts";
export { statement, RowReader, type Statement } from "./row/row-reader.ts";
export { defineList, type ListDefinition, type ListField } from "./list/list-definition.ts";
export { listRows, listUnder, type Connection, type ListArguments, type Page, type Under } from "./list/page.ts";
export { commonRefusals, defineRefusals, catalogueOf, isRefusal, type Refusal } from "./errors/refusal.ts";
export {
  badInput,
  codedError,
  forbidden,
  unauthenticated,
  thrownCodes,
  type ThrownCode,
} from "./errors/coded-error.ts";
export { viewerFunctionsSql } from "./viewer-settings.ts";
