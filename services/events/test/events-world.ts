import { newGlobalId } from "@clic/global-id";
import { personViewer, type Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { loadDemonstration } from "../src/demonstration.ts";
import { EventEntity } from "../src/event/event.entity.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph } from "../src/schema.ts";

/** The present in these tests: before the events to come of the demonstration set, and after its past ones. */
export const present = new Date("2026-11-22T12:00:00Z");

export const demoEvent = (number: number): string => seedId("Event", `demo-event-${number}`);
export const hostKeys = ["CLIC", "demo-trust-1", "demo-council-1"] as const;

/** The Events service with both data sets, at {@link present}. */
export async function startEvents(): Promise<TestSubgraph> {
  const world = await startTestSubgraph(subgraph, [loadFounding, loadDemonstration]);
  world.setNow(present);
  return world;
}

/** Somebody new, staff of an organisation of their own. */
export function somebody(): Viewer {
  return personViewer({
    personId: newGlobalId("Person"),
    organisationId: newGlobalId("Organisation"),
    roles: ["MEMBER"],
  });
}

/** Arranges an event; published, tomorrow, with a waiting list unless told otherwise. Resolves to its id. */
export async function arrangeEvent(world: TestSubgraph, with_: Record<string, unknown> = {}): Promise<string> {
  const id = newGlobalId("Event");
  await world.arrange(({ em }) =>
    em.insert(EventEntity, {
      id,
      title: "Arranged",
      status: "PUBLISHED",
      startsAt: new Date(present.getTime() + 86_400_000),
      hasWaitingList: true,
      source: "USER",
      ...with_,
    } as never),
  );
  return id;
}

export const bookPlace = `mutation ($eventId: ID!, $key: String) {
  bookPlace(input: { eventId: $eventId, idempotencyKey: $key }) {
    __typename
    ... on Booking { id status position event { id } person { id } organisation { id } bookedAt }
    ... on UserError { code message }
    ... on AlreadyBooked { booking { id status } }
  }
}`;

export const cancelBooking = `mutation ($id: ID!) {
  cancelBooking(input: { bookingId: $id }) { __typename ... on Booking { id status cancelledAt } ... on UserError { code message } }
}`;

/** Books as this viewer; resolves to the result of the union. */
export async function book(world: TestSubgraph, viewer: Viewer, eventId: string, key?: string): Promise<any> {
  const { data, errors } = await world.ask(viewer, bookPlace, { eventId, ...(key !== undefined && { key }) });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.bookPlace;
}

/** Cancels as this viewer; resolves to the result of the union. */
export async function cancel(world: TestSubgraph, viewer: Viewer, id: string): Promise<any> {
  const { data, errors } = await world.ask(viewer, cancelBooking, { id });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.cancelBooking;
}
