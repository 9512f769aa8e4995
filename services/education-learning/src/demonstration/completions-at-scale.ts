import { numberedGlobalId } from "@clic/global-id";
import {
  dayFromReference,
  draw,
  drawOf,
  drawPerCent,
  employerAtScale,
  organisationIdAtScale,
  personIdAtScale,
  type Scale,
  seedId,
} from "@clic/seed-data";

const source = "DEMO";
const subjects = ["Frailty", "Autism", "End of life care", "Deciding rights", "Safeguarding", "Fire safety", "Pain"];
/** The last of these many courses in a hundred are drafts, which nobody has completed. */
const drafts = 4;
/** For how many days a course's certificate is valid; null: for good. */
const validities = [365, 365, 730, 1_095, null] as const;
/** What the small demonstration requires of everybody; the first things that anybody completes. */
const required = [1, 2, 4, 5].map((number) => ({
  id: seedId("Course", `demo-course-${number}`),
  validity: [365, 1_095, null, 730, null][number - 1] ?? null,
}));
/** Completions reach so many days back. */
const reach = 1_800;
/** No count of courses has one of these among its factors. */
const strides = [7, 11, 13, 17, 19];

export function courseIdAtScale(number: number): string {
  return numberedGlobalId("Course", number);
}

function versionOf(number: number): number {
  return 1 + draw(110, number, 4);
}

/** Courses that can be completed come first, drafts last. */
function liveCourses({ courses }: Scale): number {
  return courses - Math.ceil((courses * drafts) / 100);
}

/** The course with this number, from 0 on. */
export function courseAtScale(scale: Scale, number: number): object {
  const live = number < liveCourses(scale);
  return {
    id: courseIdAtScale(number),
    code: `demo-course-${1001 + number}`,
    title: `Demonstration: ${drawOf(111, number, subjects)} ${1001 + number}`,
    status: !live ? "DRAFT" : drawPerCent(112, number, 12) ? "RETIRED" : "LIVE",
    providerId: organisationIdAtScale(draw(113, number, scale.organisations)),
    version: versionOf(number),
    durationMinutes: drawOf(114, number, [20, 30, 45, 60, 120, 240]),
    source,
  };
}

/**
 * What everybody has completed: the completions are dealt out evenly, a person's in the order of their days, over a few
 * courses that come round again, as certificates run out. The first of them are what is required of everybody.
 */
export function* completionsAtScale(scale: Scale): Generator<object> {
  const live = liveCourses(scale);
  const stride = strides.find((one) => live % one !== 0) ?? 1;
  for (let person = 0, number = 0; person < scale.people; person++) {
    const until = Math.floor(((person + 1) * scale.completions) / scale.people);
    const count = until - number;
    const first = draw(115, person, live);
    const courses = Math.max(1, Math.ceil(count / 2));
    for (let turn = 0; turn < count; turn++, number++) {
      const place = turn % courses;
      const mandatory = required[place];
      const course = (first + place * stride) % live;
      const daysAgo =
        Math.floor(((count - turn) * reach) / (count + 1)) - draw(116, number, Math.floor(reach / (count + 1)));
      const validity = mandatory === undefined ? drawOf(117, course, validities) : mandatory.validity;
      const later = Math.floor((daysAgo * (versionOf(course) - 1)) / reach);
      const revoked = daysAgo > 40 && draw(118, number, 500) === 0;
      yield {
        id: numberedGlobalId("Completion", number),
        personId: personIdAtScale(person),
        courseId: mandatory?.id ?? courseIdAtScale(course),
        courseVersion: mandatory === undefined ? versionOf(course) - later : 1,
        organisationId: organisationIdAtScale(employerAtScale(scale, person, daysAgo)),
        completedOn: dayFromReference(-daysAgo),
        expiresOn: validity === null ? null : dayFromReference(validity - daysAgo),
        revokedOn: revoked ? dayFromReference(30 - daysAgo) : null,
        revocationReason: revoked ? "Demonstration: entered for somebody else." : null,
        source,
      };
    }
  }
}
