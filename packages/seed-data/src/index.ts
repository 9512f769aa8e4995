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
export {
  dayFromReference,
  metricsOfRpiw,
  referenceDay,
  type Scale,
  type ScaleName,
  scaleNamed,
  scaleNames,
  timeFromReference,
} from "./scale/scale.ts";
export { draw, drawOf, drawPerCent } from "./scale/draw.ts";
export {
  kindOfOrganisation,
  organisationAtScale,
  organisationIdAtScale,
  type ScaleOrganisation,
} from "./scale/organisations.ts";
export {
  employerAtScale,
  personAtScale,
  personIdAtScale,
  type ScalePerson,
  somePersonAtScale,
} from "./scale/people.ts";
export {
  type ScaleRpiwPhase,
  type ScaleWorkItem,
  workItemAtScale,
  workItemIdAtScale,
  workItemNumbers,
  workItemsOfType,
  workstreamsAtScale,
} from "./scale/work-items.ts";
export { eventAtScale, eventIdAtScale, type ScaleEvent } from "./scale/events.ts";
