import { numberedGlobalId } from "@clic/global-id";
import {
  dayFromReference,
  draw,
  drawOf,
  organisationIdAtScale,
  personAtScale,
  personIdAtScale,
  type Scale,
  workItemIdAtScale,
} from "@clic/seed-data";
import { type FacultyLevel, type FacultyStatus, sessionsOf } from "../faculty/faculty.rules.ts";

const source = "DEMO";
/** Ids leave room for so many records of one membership. */
const mostRecords = 32;
const year = 365;
const statuses: readonly FacultyStatus[] = [
  ...Array.from({ length: 11 }, () => "ACCREDITED" as const),
  ...(["NOMINATED", "NOMINATED", "TRAINING", "TRAINING", "TRAINING", "TRAINING", "LAPSED", "LAPSED", "LEFT"] as const),
];

interface FacultyAtScale {
  readonly row: object;
  readonly records: readonly object[];
}

/** About one in a hundred people is in the faculty, or was: those whose role says so, each with the evidence of their state. */
export function* facultyAtScale(scale: Scale): Generator<FacultyAtScale> {
  let number = 0;
  let coach: string | null = null;
  for (let person = 0; person < scale.people; person++) {
    const { roles, employer } = personAtScale(scale, person);
    if (!roles.includes("FACULTY")) continue;
    const made = facultyMember(number++, person, employer, coach, scale);
    coach = personIdAtScale(person);
    yield made;
  }
}

function facultyMember(
  number: number,
  person: number,
  employer: number,
  coachId: string | null,
  scale: Scale,
): FacultyAtScale {
  const status = drawOf(80, number, statuses);
  const level: FacultyLevel = drawOf(81, number, ["CHAMPION", "CHAMPION", "FACULTY"]);
  const trained = status !== "NOMINATED";
  const accredited = status === "ACCREDITED" || status === "LAPSED";
  // How many days ago: the accreditation, the workshop half a year before it or so, the nomination before that.
  const accreditedAgo = status === "LAPSED" ? year + 30 + draw(82, number, 300) : 20 + draw(82, number, 300);
  const workshopAgo = accreditedAgo + 200;
  const sessions = !trained ? 0 : sessionsOf[level] - (accredited ? 0 : 1) + (accredited ? draw(83, number, 6) : 0);
  const sessionDay = (session: number): string => dayFromReference(-workshopAgo + 10 + session * 14);
  const id = numberedGlobalId("FacultyMembership", number);
  const record = (place: number, kind: string, tookPlaceOn: string, rpiwId: string | null): object => ({
    id: numberedGlobalId("TeachingRecord", number * mostRecords + place),
    membershipId: id,
    kind,
    tookPlaceOn,
    rpiwId,
    source,
  });
  return {
    row: {
      id,
      personId: personIdAtScale(person),
      organisationId: organisationIdAtScale(employer),
      level,
      coachId,
      nominatedOn: dayFromReference(-workshopAgo - 30),
      sessionsNeeded: sessionsOf[level],
      trainedFrom: trained ? dayFromReference(-workshopAgo) : null,
      sessionsTaught: sessions,
      lastTaughtOn: sessions > 0 ? sessionDay(sessions - 1) : null,
      projectsReviewed: accredited ? 1 : 0,
      accreditedOn: accredited ? dayFromReference(-accreditedAgo) : null,
      accreditedUntil: accredited ? dayFromReference(year - accreditedAgo) : null,
      leftOn: status === "LEFT" ? dayFromReference(-draw(84, number, 20)) : null,
      source,
    },
    records: [
      ...(trained ? [record(0, "INTRODUCTORY_WORKSHOP", dayFromReference(-workshopAgo), null)] : []),
      ...Array.from({ length: sessions }, (_, session) => record(2 + session, "SESSION", sessionDay(session), null)),
      ...(accredited ? [record(1, "PROJECT_REVIEW", dayFromReference(-accreditedAgo - 7), rpiwOf(number, scale))] : []),
    ],
  };
}

/** The RPIWs are the second and third of every thirteen work items, and others; see `workItemNumbers`. */
function rpiwOf(number: number, { workItems }: Scale): string {
  return workItemIdAtScale(draw(85, number, workItems / 13) * 13 + 1);
}
