export { noRegisteredOperations, openRegisteredOperations } from "./registered-operations.ts";
export type { RegisteredOperations, RegisteredOperationsOptions } from "./registered-operations.ts";
export { readManifest, type RegisteredOperation } from "./manifest.ts";
