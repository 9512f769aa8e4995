import { decodeGlobalId } from "@clic/global-id";
import { seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { addDays, type Day } from "../calendar/day.rules.ts";
import { TeachingRecordEntity } from "../teaching/teaching-record.entity.ts";
import { FacultyMembershipEntity } from "./faculty-membership.entity.ts";
import { aYearAfter, type FacultyLevel, sessionsOf } from "./faculty.rules.ts";

const source = "DEMO";
interface Made {
  readonly person: string;
  readonly organisation: string;
  readonly level: FacultyLevel;
  readonly coach?: string;
  readonly nominatedOn: Day;
  readonly workshopOn?: Day;
  readonly sessions?: number;
  readonly accreditedOn?: Day;
  readonly leftOn?: Day;
}

/** Somebody in every state there is; those accredited have had a project reviewed. */
const memberships: readonly Made[] = [
  {
    person: "secondee",
    organisation: "demo-trust-1",
    level: "FACULTY",
    nominatedOn: "2025-03-03",
    workshopOn: "2025-04-07",
    sessions: 8,
    accreditedOn: "2026-03-02",
  },
  {
    person: "demo-person-31",
    organisation: "demo-trust-1",
    level: "CHAMPION",
    coach: "secondee",
    nominatedOn: "2025-09-01",
    workshopOn: "2025-10-06",
    sessions: 4,
    accreditedOn: "2026-06-01",
  },
  {
    person: "demo-person-32",
    organisation: "demo-trust-2",
    level: "CHAMPION",
    nominatedOn: "2024-06-03",
    workshopOn: "2024-07-01",
    sessions: 2,
    accreditedOn: "2025-03-03",
  },
  {
    person: "demo-person-33",
    organisation: "demo-council-1",
    level: "FACULTY",
    coach: "secondee",
    nominatedOn: "2026-02-02",
    workshopOn: "2026-03-09",
    sessions: 3,
  },
  { person: "demo-person-34", organisation: "demo-provider-1", level: "CHAMPION", nominatedOn: "2026-10-05" },
  {
    person: "demo-person-35",
    organisation: "demo-practice-1",
    level: "CHAMPION",
    coach: "secondee",
    nominatedOn: "2025-11-03",
    workshopOn: "2025-12-01",
    sessions: 3,
    accreditedOn: "2026-05-04",
  },
  {
    person: "demo-person-36",
    organisation: "demo-practice-2",
    level: "CHAMPION",
    nominatedOn: "2025-01-06",
    workshopOn: "2025-02-03",
    sessions: 1,
    leftOn: "2025-12-31",
  },
  {
    person: "member",
    organisation: "demo-practice-1",
    level: "CHAMPION",
    coach: "secondee",
    nominatedOn: "2026-05-11",
    workshopOn: "2026-06-08",
    sessions: 1,
  },
];
const idOf = ({ person }: Made): string => seedId("FacultyMembership", person);

/** Loads a made-up faculty and what it has taught. Idempotent; what somebody has changed since stays. */
export async function loadDemonstrationFaculty({ em }: UseCase): Promise<void> {
  await loadRows(
    em,
    FacultyMembershipEntity,
    memberships.map((made) => ({
      id: idOf(made),
      personId: seedId("Person", made.person),
      organisationId: seedId("Organisation", made.organisation),
      level: made.level,
      coachId: made.coach === undefined ? null : seedId("Person", made.coach),
      nominatedOn: made.nominatedOn,
      sessionsNeeded: sessionsOf[made.level],
      source,
    })),
  );
  await loadRows(em, TeachingRecordEntity, memberships.flatMap(teachingOf));
  // Last, since accreditation needs what was taught.
  for (const made of memberships)
    await em.execute(
      `update production_system.faculty_membership set accredited_on = ?::date, accredited_until = ?::date, left_on = ?::date
        where id = ? and source = 'DEMO' and accredited_on is null and left_on is null`,
      [
        made.accreditedOn ?? null,
        made.accreditedOn === undefined ? null : aYearAfter(made.accreditedOn),
        made.leftOn ?? null,
        decodeGlobalId(idOf(made), "FacultyMembership").uuid,
      ],
    );
}

function teachingOf(made: Made): object[] {
  const { person, workshopOn, sessions = 0, accreditedOn } = made;
  if (workshopOn === undefined) return [];
  const record = (key: string, kind: string, tookPlaceOn: Day, rpiwId: string | null = null): object => ({
    id: seedId("TeachingRecord", `${person} ${key}`),
    membershipId: idOf(made),
    kind,
    tookPlaceOn,
    rpiwId,
    source,
  });
  return [
    record("workshop", "INTRODUCTORY_WORKSHOP", workshopOn),
    ...Array.from({ length: sessions }, (_, index) =>
      record(`session ${index + 1}`, "SESSION", addDays(workshopOn, 28 * (index + 1))),
    ),
    ...(accreditedOn === undefined
      ? []
      : [record("review", "PROJECT_REVIEW", addDays(accreditedOn, -14), seedId("Rpiw", "demo-rpiw-1"))]),
  ];
}
