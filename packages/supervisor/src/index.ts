export { createSupervisor } from "./supervisor.ts";
export type { Supervisor, SupervisorOptions } from "./supervisor.ts";
export { defaultBackOff } from "./child.definition.ts";
export type { BackOff, ChildDefinition, RecordedChild, SupervisorEvent } from "./child.definition.ts";
export { endLeftovers } from "./child-record.ts";
export { takeProcessLock } from "./process-lock.ts";
export type { LockAttempt } from "./process-lock.ts";
export { endProcess, identifyProcess, isRunning } from "./process-identity.ts";
export type { EndingStep, ProcessIdentity } from "./process-identity.ts";
