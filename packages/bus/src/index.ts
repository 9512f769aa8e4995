export { defineFact } from "./fact.definition.ts";
export type { Fact, FactDefinition, FactOf } from "./fact.definition.ts";
export { bookingCancelled, bookingConfirmed } from "./facts/events.facts.ts";
export {
  membershipChanged,
  organisationsChanged,
  supportRequestAccepted,
  workItemRegistered,
} from "./facts/organisations.facts.ts";
export { rpiwPhaseChanged } from "./facts/production-system.facts.ts";
export { outboxMigrationSql } from "./outbox.migration.ts";
export type { Transaction } from "./transaction.ts";
export { writeFact } from "./write-fact.ts";
export { openBus } from "./open-bus.ts";
export type { Bus } from "./open-bus.ts";
export { startRelay } from "./start-relay.ts";
export type { Relay } from "./start-relay.ts";
export { startConsumer } from "./start-consumer.ts";
export type { Consumer } from "./start-consumer.ts";
export type { ConsumerMetrics } from "./consume-fact.ts";
export { replay } from "./replay.ts";
export { retireConsumer } from "./register-consumer.ts";
export type { Counter, Logger } from "./logger.ts";
