import { defineSubgraph } from "@clic/subgraph-kit";
import { attendanceSlice } from "./attendance/attendance.resolvers.ts";
import { bookingSlice } from "./booking/booking.resolvers.ts";
import { calendarSlice } from "./calendar/calendar.resolvers.ts";
import { eventSlice } from "./event/event.resolvers.ts";
import { organisationSlice } from "./organisation/organisation.resolvers.ts";
import { orm } from "./orm.config.ts";
import { personSlice } from "./person/person.resolvers.ts";
import { venueSlice } from "./venue/venue.resolvers.ts";
import { workItemSlice } from "./work-item/work-item.resolvers.ts";
import { workstreamSlice } from "./workstream/workstream.resolvers.ts";

export const subgraph = defineSubgraph({
  name: "events",
  orm,
  directory: import.meta.dirname,
  slices: [
    venueSlice,
    eventSlice,
    calendarSlice,
    bookingSlice,
    attendanceSlice,
    workItemSlice,
    workstreamSlice,
    organisationSlice,
    personSlice,
  ],
});
