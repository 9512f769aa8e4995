import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { cacheOptions } from "@clic/graph-client/apollo";
import type { GraphSetup } from "@clic/graph-client/tada";
import { initGraphQLTada } from "gql.tada";

const graphql = initGraphQLTada<GraphSetup>();

const Events = graphql(`
  query Events($after: String) {
    events(first: 2, after: $after) {
      nodes {
        id
        title
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** The titles of the first page, then of all. */
export async function tell(url: string): Promise<string[]> {
  const client = new ApolloClient({ link: new HttpLink({ uri: url }), cache: new InMemoryCache(cacheOptions) });
  const titles = (): string =>
    (client.readQuery({ query: Events })?.events?.nodes ?? []).map(({ title }) => title).join(", ");
  let page = (await client.query({ query: Events })).data?.events?.pageInfo;
  const first = titles();
  const list = client.watchQuery({ query: Events });
  const watching = list.subscribe({});
  while (page?.hasNextPage)
    page = (await list.fetchMore({ variables: { after: page.endCursor } })).data?.events?.pageInfo;
  watching.unsubscribe();
  client.stop();
  return [first, titles()];
}
