export { endProcess, identifyProcess, isRunning } from "./process-identity.ts";
export type { EndingStep, ProcessIdentity } from "./process-identity.ts";
