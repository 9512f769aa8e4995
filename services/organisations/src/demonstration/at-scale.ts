import { numberedGlobalId } from "@clic/global-id";
import {
  dayFromReference,
  draw,
  drawPerCent,
  organisationAtScale,
  organisationIdAtScale,
  personAtScale,
  personIdAtScale,
  type Scale,
  scaleNamed,
} from "@clic/seed-data";
import type { BulkLoad } from "@clic/subgraph-kit";
import { AssessmentEntity, ScoreEntity } from "../assessment/assessment.entity.ts";
import { MembershipEntity } from "../membership/membership.entity.ts";
import { OrganisationEntity } from "../organisation/organisation.entity.ts";
import { PersonEntity } from "../person/person.entity.ts";
import { SecondmentEntity } from "../secondment/secondment.entity.ts";
import { SupportRequestEntity } from "../support-request/support-request.entity.ts";
import { StatusChangeEntity } from "../work-item/status-change.entity.ts";
import { WorkItemEntity, WorkItemPriorityEntity, WorkItemWorkstreamEntity } from "../work-item/work-item.entity.ts";
import { assessmentsAtScale, requestsAtScale, scoresAtScale } from "./requests-at-scale.ts";
import { prioritiesOfWork, statusChanges, workItems, workstreamsOfWork } from "./work-at-scale.ts";

const source = "DEMO";
/** Ids leave room for so many memberships of one person. */
const mostMemberships = 3;
const secondedPerCent = 1;

/** Organisations' share of the made-up data set of this name; its workstreams and priorities are the small demonstration's. */
export function bulk(name: string): BulkLoad {
  const scale = scaleNamed(name);
  return {
    tables: [
      { entity: OrganisationEntity, about: scale.organisations, rows: () => organisations(scale) },
      { entity: PersonEntity, about: scale.people, rows: () => people(scale) },
      { entity: MembershipEntity, about: scale.people * 1.18, rows: () => memberships(scale) },
      { entity: SecondmentEntity, about: (scale.people * secondedPerCent) / 100, rows: () => secondments(scale) },
      { entity: SupportRequestEntity, about: scale.supportRequests, rows: () => requestsAtScale(scale) },
      { entity: AssessmentEntity, about: scale.supportRequests * 1.6, rows: () => assessmentsAtScale(scale) },
      { entity: ScoreEntity, about: scale.supportRequests * 6, rows: () => scoresAtScale(scale) },
      { entity: WorkItemPriorityEntity, about: scale.workItems * 1.3, rows: () => prioritiesOfWork(scale) },
      { entity: WorkItemEntity, about: scale.workItems, rows: () => workItems(scale) },
      { entity: WorkItemWorkstreamEntity, about: scale.workItems * 1.25, rows: () => workstreamsOfWork(scale) },
      { entity: StatusChangeEntity, about: scale.workItems * 2, rows: () => statusChanges(scale) },
    ],
  };
}

function* organisations(scale: Scale): Generator<object> {
  for (let number = 0; number < scale.organisations; number++) {
    const { id, name, kind, odsCode, parentId } = organisationAtScale(number);
    yield { id, odsCode, name, kind, status: "ACTIVE", parentId, source };
  }
}

function* people(scale: Scale): Generator<object> {
  for (let number = 0; number < scale.people; number++) {
    const { id, displayName } = personAtScale(scale, number);
    yield { id, displayName, source };
  }
}

/** Where people work, worked before, and work besides. */
function* memberships(scale: Scale): Generator<object> {
  for (let number = 0; number < scale.people; number++) {
    const person = personAtScale(scale, number);
    const row = (place: number, organisation: number, more: object): object => ({
      id: numberedGlobalId("Membership", number * mostMemberships + place),
      organisationId: organisationIdAtScale(organisation),
      personId: person.id,
      roles: person.roles,
      status: "ACTIVE",
      isPrimary: place === 0,
      startsOn: person.since,
      endsOn: null,
      source,
      ...more,
    });
    yield row(0, person.employer, {});
    if (person.formerEmployer !== null)
      yield row(1, person.formerEmployer, {
        roles: ["MEMBER"],
        status: "LEFT",
        startsOn: dayFromReference(-2_400),
        endsOn: dayBefore(person.since),
      });
    if (person.otherEmployer !== null) yield row(2, person.otherEmployer, { roles: ["MEMBER"] });
  }
}

function* secondments(scale: Scale): Generator<object> {
  for (let number = 0; number < scale.people; number++) {
    if (!drawPerCent(140, number, secondedPerCent)) continue;
    const { employer } = personAtScale(scale, number);
    const start = -draw(141, number, 700);
    yield {
      id: numberedGlobalId("Secondment", number),
      personId: personIdAtScale(number),
      homeId: organisationIdAtScale(employer),
      hostId: organisationIdAtScale((employer + 1 + draw(142, number, scale.organisations - 1)) % scale.organisations),
      startsOn: dayFromReference(start),
      endsOn: dayFromReference(start + 180 + draw(143, number, 550)),
      source,
    };
  }
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
