import { isRefusal, isRefusedAs } from "@clic/graph-client";
import { connectGraph } from "@clic/graph-client/request";
import type { GraphSetup } from "@clic/graph-client/tada";
import { type FragmentOf, initGraphQLTada, readFragment } from "gql.tada";

const graphql = initGraphQLTada<GraphSetup>();

const Card = graphql(`
  fragment Card on Event {
    title
    startsAt
    placesLeft
  }
`);

const Events = graphql(
  `
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
  `,
  [Card],
);

const BookPlace = graphql(`
  mutation BookPlace($input: BookPlaceInput!) {
    bookPlace(input: $input) {
      __typename
      ... on Booking {
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

function print(masked: FragmentOf<typeof Card>): string {
  const { title, startsAt, placesLeft } = readFragment(Card, masked);
  const instant: string | null = startsAt;
  return [title, instant ?? "undated", placesLeft ?? "?"].join(" ");
}

/** Every event as a line, and how two bookings went. */
export async function tell(url: string): Promise<string[]> {
  const graph = connectGraph({ url });
  const lines: string[] = [];
  const where = { status: { eq: "PUBLISHED" } } as const;
  for await (const page of graph.pages(Events, { where }, ({ events }) => events)) lines.push(...page.nodes.map(print));
  for (const eventId of ["evt_1", "evt_3"]) {
    const { bookPlace } = (await graph.request(BookPlace, { input: { eventId } })).data;
    if (isRefusedAs(bookPlace, "ALREADY_BOOKED")) lines.push(bookPlace.booking?.id ?? "a booking");
    else lines.push(isRefusal(bookPlace) ? bookPlace.message : bookPlace.status);
  }
  return lines;
}
