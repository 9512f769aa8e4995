import { decodeGlobalId } from "@clic/global-id";
import { type GraphContext, loaderOf, statement } from "@clic/subgraph-kit";
import { type BookingRow, bookings } from "./booking.entity.ts";

const placesInLine = statement("select 'bkg_' || booking_id as id, place from events.places_in_line($1::uuid[])");

/** The place in the waiting list, 1 being next; null for who does not wait. One statement for all bookings of a request. */
export async function placeInLine(context: GraphContext, booking: BookingRow): Promise<number | null> {
  if (booking.status !== "WAITLISTED") return null;
  const loader = loaderOf(context, bookings, "place in line", async (ids: readonly string[]) => {
    const uuids = ids.map((id) => decodeGlobalId(id, "Booking").uuid);
    const rows = await context.reads.query<{ id: string; place: number }>(placesInLine, [uuids]);
    const places = new Map(rows.map((row) => [row.id, row.place]));
    return ids.map((id) => places.get(id) ?? null);
  });
  return await loader.load(booking.id);
}
