export { globalIdPrefixes, type GlobalIdType } from "./global-id.prefixes.ts";
export { newGlobalId, encodeGlobalId, decodeGlobalId, typeOfGlobalId, isGlobalId } from "./global-id.ts";
export { newUuid, deterministicGlobalId, deterministicUuid, deterministicInstant } from "./global-id.ts";
export { MalformedGlobalId } from "./global-id.ts";
export { numberedGlobalId, numberedUuid, numberedUuids } from "./numbered-id.ts";
