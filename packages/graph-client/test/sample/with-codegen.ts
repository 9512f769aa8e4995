import { formErrors, isRefusal, unforeseen } from "@clic/graph-client";
import { connectGraph } from "@clic/graph-client/request";
import { type FragmentType, graphql, readFragment } from "./gql/index.ts";

const Card = graphql(`
  fragment Card on Event {
    id
    title
    startsAt
    placesLeft
  }
`);

const Events = graphql(`
  query Events($after: String, $where: EventWhere) {
    events(first: 2, after: $after, where: $where) {
      nodes {
        ...Card
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const BookPlace = graphql(`
  mutation BookPlace($input: BookPlaceInput!) {
    bookPlace(input: $input) {
      ... on Booking {
        id
        status
      }
      ... on AlreadyBooked {
        booking {
          id
        }
      }
      ... on UserError {
        code
        message
      }
    }
  }
`);

function print(masked: FragmentType<typeof Card>): string {
  const card = readFragment(Card, masked);
  const startsAt: string | null | undefined = card.startsAt;
  return `${card.title} ${startsAt ?? "undated"} ${card.placesLeft ?? "?"}`;
}

/** Every event as a line, and how three bookings went. */
export async function tell(url: string): Promise<string[]> {
  const graph = connectGraph({ url, token: async () => "a-token", actingOrganisation: "org_1" });
  const lines: string[] = [];
  const where = { startsAt: { gte: "2026-01-01T00:00:00Z" } };
  for await (const page of graph.pages(Events, { where }, ({ events }) => events)) lines.push(...page.nodes.map(print));
  for (const eventId of ["evt_1", "evt_2", "evt_3"]) {
    const { bookPlace } = (await graph.request(BookPlace, { input: { eventId } })).data;
    lines.push(
      isRefusal(bookPlace) ? JSON.stringify(formErrors(bookPlace, { EVENT_FULL: "event" })) : bookPlace.status,
    );
    switch (bookPlace.__typename) {
      case "Booking":
        lines.push(bookPlace.id);
        break;
      case "AlreadyBooked":
        lines.push(bookPlace.booking?.id ?? "a booking");
        break;
      case "EventFull":
      case "BookingClosed":
      case "NotFound":
      case "NotAllowed":
      case "InvalidInput":
        lines.push(bookPlace.message);
        break;
      default:
        lines.push(unforeseen(bookPlace).message);
    }
  }
  return lines;
}
