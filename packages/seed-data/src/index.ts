export { seedId } from "./seed-id.ts";
export {
  founding,
  type FoundingEvent,
  type FoundingOrganisation,
  type FoundingPerson,
  type FoundingWorkItem,
} from "./founding/founding.ts";
export { demonstrationOrganisations, type DemonstrationOrganisation } from "./demonstration/organisations.ts";
export { demonstrationPeople, developmentUsers, type DemonstrationPerson } from "./demonstration/people.ts";
export {
  demonstrationWorkItems,
  workstreams,
  demonstrationPriorities,
  type DemonstrationWorkItem,
  type StrategyKey,
  type WorkItemType,
} from "./demonstration/work-items.ts";
export { demonstrationEvents, type DemonstrationEvent } from "./demonstration/events.ts";
