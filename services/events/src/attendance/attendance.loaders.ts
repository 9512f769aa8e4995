import { decodeGlobalId } from "@clic/global-id";
import { type GraphContext, loaderOf, statement } from "@clic/subgraph-kit";
import { bookings } from "../booking/booking.entity.ts";
import { type AttendanceCounts, noAttendance, type Period } from "./attendance.rules.ts";

const attendanceOf = statement(
  `select 'org_' || organisation_id as id, booked, attended, no_show as "noShow", people_booked as "peopleBooked",
    people_attended as "peopleAttended", people_no_show as "peopleNoShow"
  from events.attendance_of($1::uuid[], $2::date, $3::date)`,
);

/** The counts of an organisation's bookings in a period; one statement for all organisations of a request that ask for it. */
export function attendanceIn(context: GraphContext, organisationId: string, period: Period): Promise<AttendanceCounts> {
  const { from, to } = period;
  const loader = loaderOf(context, bookings, `attendance ${from} ${to}`, async (ids: readonly string[]) => {
    const uuids = ids.map((id) => decodeGlobalId(id, "Organisation").uuid);
    const rows = await context.reads.query<AttendanceCounts & { id: string }>(attendanceOf, [uuids, from, to]);
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? noAttendance);
  });
  return loader.load(organisationId);
}
