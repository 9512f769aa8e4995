import { numberedGlobalId } from "@clic/global-id";
import {
  dayFromReference,
  draw,
  drawOf,
  employerAtScale,
  organisationIdAtScale,
  personIdAtScale,
  type Scale,
  scaleNamed,
  timeFromReference,
  workItemAtScale,
  workItemNumbers,
  workItemsOfType,
} from "@clic/seed-data";
import type { BulkLoad } from "@clic/subgraph-kit";
import { EnrolmentEntity } from "../enrolment/enrolment.entity.ts";
import type { EnrolmentStatus } from "../enrolment/enrolment.rules.ts";
import { leadershipInitiativesAtScale } from "../leadership-initiative/demonstration-leadership-initiatives.ts";
import { LeadershipInitiativeEntity } from "../leadership-initiative/leadership-initiative.entity.ts";
import { CohortEntity, ProgrammeEntity } from "../programme/programme.entity.ts";

const source = "DEMO";
const type = "LeadershipInitiative";
/** So many days from the reference day each cohort of a programme starts: one is over, one under way, one to come. */
const starts = [-400, -90, 60];
const places = 16;
const sessionsHeld = [6, 3, 0];
const statuses: readonly (readonly EnrolmentStatus[])[] = [
  ["COMPLETED", "COMPLETED", "COMPLETED", "COMPLETED", "WITHDRAWN", "DEFERRED"],
  ["ENROLLED", "ENROLLED", "ENROLLED", "ENROLLED", "WITHDRAWN", "OFFERED"],
  ["APPLIED", "APPLIED", "OFFERED", "APPLIED", "WITHDRAWN", "APPLIED"],
];
const stride = 7_919;

/** Leadership's share of the made-up data set of this name. The database counts the places that are taken. */
export function bulk(name: string): BulkLoad {
  const scale = scaleNamed(name);
  const programmes = workItemsOfType(scale, type);
  return {
    tables: [
      { entity: ProgrammeEntity, about: programmes, rows: () => programmesOf(scale) },
      { entity: LeadershipInitiativeEntity, about: programmes, rows: () => leadershipInitiativesAtScale(scale) },
      { entity: CohortEntity, about: programmes * starts.length, rows: () => cohorts(programmes) },
      {
        entity: EnrolmentEntity,
        about: programmes * starts.length * places,
        rows: () => enrolments(scale, programmes),
      },
    ],
  };
}

function* programmesOf(scale: Scale): Generator<object> {
  let programme = 0;
  for (const number of workItemNumbers(scale, type)) {
    const { id, title } = workItemAtScale(scale, number);
    yield { id: numberedGlobalId("Programme", programme++), workItemId: id, title, source };
  }
}

function* cohorts(programmes: number): Generator<object> {
  for (let number = 0; number < programmes * starts.length; number++)
    yield {
      id: numberedGlobalId("Cohort", number),
      programmeId: numberedGlobalId("Programme", Math.floor(number / starts.length)),
      name: `Demonstration cohort ${1001 + number}`,
      places,
      startsOn: dayFromReference((starts[number % starts.length] as number) + draw(70, number, 30)),
      source,
    };
}

/** As many as there are places: some of them withdraw, so none is oversold. */
function* enrolments(scale: Scale, programmes: number): Generator<object> {
  for (let cohort = 0; cohort < programmes * starts.length; cohort++) {
    const turn = cohort % starts.length;
    const first = draw(71, cohort, scale.people);
    for (let place = 0; place < places; place++) {
      const number = cohort * places + place;
      const person = (first + place * stride) % scale.people;
      const status = drawOf(72, number, statuses[turn] as readonly EnrolmentStatus[]);
      const held = ["COMPLETED", "ENROLLED"].includes(status) ? (sessionsHeld[turn] as number) : 0;
      const appliedDaysAgo = Math.max(1, 70 - (starts[turn] as number)) + draw(73, number, 20);
      yield {
        id: numberedGlobalId("Enrolment", number),
        cohortId: numberedGlobalId("Cohort", cohort),
        personId: personIdAtScale(person),
        organisationId: organisationIdAtScale(employerAtScale(scale, person, appliedDaysAgo)),
        status,
        appliedAt: timeFromReference(-appliedDaysAgo, 9 + draw(74, number, 8)),
        sessionsHeld: held,
        sessionsAttended: held - draw(75, number, Math.min(held + 1, 3)),
        source,
      };
    }
  }
}
