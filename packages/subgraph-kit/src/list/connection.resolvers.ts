import type { GraphQLResolveInfo } from "graphql";
import type { GroupArguments } from "../aggregate/group.ts";
import { selectedMeasures } from "../aggregate/measure.ts";
import type { Connection } from "./page.ts";
import { connectionName } from "./list-sdl.ts";
import type { AnyList } from "./list-definition.ts";

type Parent = Connection<object>;

/** The resolvers of the connection types of these lists: each part is read when it is selected, and once. */
export function connectionResolvers(lists: readonly AnyList[]): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    lists.map((list) => [
      connectionName(list),
      {
        nodes: async (parent: Parent) => (await parent.page()).rows,
        edges: async (parent: Parent) => {
          const { rows, cursor } = await parent.page();
          return rows.map((node, index) => ({ node, cursor: cursor(index) }));
        },
        pageInfo: async (parent: Parent) => {
          const { cursor, hasNextPage, hasPreviousPage } = await parent.page();
          return { hasNextPage, hasPreviousPage, startCursor: cursor(0), endCursor: cursor(-1) };
        },
        totalCount: (parent: Parent) => parent.totalCount(),
        aggregate: (parent: Parent, _: unknown, __: unknown, info: GraphQLResolveInfo) =>
          parent.aggregate(selectedMeasures(info)),
        groupBy: (parent: Parent, args: GroupArguments, _: unknown, info: GraphQLResolveInfo) =>
          parent.groupBy(args, selectedMeasures(info)),
      },
    ]),
  );
}
