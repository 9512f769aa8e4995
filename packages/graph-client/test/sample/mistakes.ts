import { formErrors } from "@clic/graph-client";
import { connectGraph } from "@clic/graph-client/request";
import type { GraphSetup } from "@clic/graph-client/tada";
import { initGraphQLTada } from "gql.tada";
import { graphql as codegen } from "./gql/index.ts";

const graphql = initGraphQLTada<GraphSetup>();
const text = `mutation Cancel($input: CancelBookingInput!) {
  cancelBooking(input: $input) { __typename ... on Booking { status } ... on UserError { code message } }
}`;

/** What a front end must not be able to write. Each comment is an error where the line below it is right. */
export async function mistake(url: string): Promise<void> {
  const graph = connectGraph({ url });
  const Cancel = graphql(`
    mutation Cancel($input: CancelBookingInput!) {
      cancelBooking(input: $input) {
        __typename
        ... on Booking {
          status
        }
        ... on UserError {
          code
          message
        }
      }
    }
  `);
  // @ts-expect-error -- the input names a booking by bookingId
  await graph.request(Cancel, { input: { id: "bkg_1" } });
  // @ts-expect-error -- variables are missing
  await graph.request(Cancel);
  const { cancelBooking } = (await graph.request(Cancel, { input: { bookingId: "bkg_1" } })).data;
  // @ts-expect-error -- a refusal has no status
  void cancelBooking.status;
  // @ts-expect-error -- cancelling is never refused because an event is full
  formErrors(cancelBooking, { NOT_FOUND: "booking", EVENT_FULL: "event" });
  const Title = graphql(`
    query Title {
      events(first: 1) {
        nodes {
          title
        }
      }
    }
  `);
  // @ts-expect-error -- without $after there is nothing to page by
  graph.pages(Title, {}, ({ events }) => events);
  // @ts-expect-error -- what the operation does not ask for is not there
  void (await graph.request(Title)).data.events?.nodes[0]?.startsAt;
  // @ts-expect-error -- a document that was not generated has no type
  void (await graph.request(codegen(text), {})).data.cancelBooking;
}
