import { isTooSmallFor, type Viewer } from "@clic/identity";

/** The days of events, first and last included, `YYYY-MM-DD` in Cumbria's time; null: no bound. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

/** What the database counts: bookings with a place, and how many different people are behind each count. */
export interface AttendanceCounts {
  readonly booked: number;
  readonly attended: number;
  readonly noShow: number;
  readonly peopleBooked: number;
  readonly peopleAttended: number;
  readonly peopleNoShow: number;
}

/** What a viewer is shown of it. */
export interface ShownAttendance {
  readonly booked: number | null;
  readonly attended: number | null;
  readonly noShow: number | null;
  readonly suppressed: boolean;
}

export const noAttendance: AttendanceCounts = {
  booked: 0,
  attended: 0,
  noShow: 0,
  peopleBooked: 0,
  peopleAttended: 0,
  peopleNoShow: 0,
};

/** What is wrong with a period, for a person to read; null when nothing is. */
export function periodProblem({ from, to }: Period): string | null {
  if ([from, to].some((day) => day?.startsWith("0000"))) return "There is no year 0.";
  return from !== null && to !== null && from > to
    ? "from is after to: a period is from its first day to its last."
    : null;
}

/**
 * The counts as this viewer may see them: none of a few people. Where one of attended and noShow is of a few, both are
 * withheld, since who knows booked would work the other out.
 */
export function shownAttendance(viewer: Viewer, organisationId: string, counts: AttendanceCounts): ShownAttendance {
  const small = (people: number): boolean => isTooSmallFor(viewer, organisationId, people);
  const all = small(counts.peopleBooked);
  const parts = all || small(counts.peopleAttended) || small(counts.peopleNoShow);
  return {
    booked: all ? null : counts.booked,
    attended: parts ? null : counts.attended,
    noShow: parts ? null : counts.noShow,
    suppressed: parts,
  };
}
