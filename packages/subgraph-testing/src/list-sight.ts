import type { Viewer } from "@clic/identity";
import { type Subgraph, transact } from "@clic/subgraph-kit";
import { everyRole, rootOf } from "./list-rights.ts";
import type { TestSubgraph } from "./test-subgraph.ts";

export interface ListSight {
  /** Where a list shows another number of rows than the row policy does, in words. */
  readonly violations: readonly string[];
  /** How many lists × viewers with something to see were held to the policy. */
  readonly judged: number;
}

/**
 * Holds what each list shows to what the row policy alone shows, for these viewers and for a person in
 * every role who acts for this organisation. Give viewers who have rows of their own.
 */
export async function walkListSight(
  world: TestSubgraph,
  subgraph: Subgraph,
  organisationId: string,
  viewers: readonly Viewer[],
): Promise<ListSight> {
  const lists = subgraph.slices.flatMap((slice) => slice.lists ?? []);
  const all = [
    ...viewers.map((viewer, index): [string, Viewer] => [`viewer ${index}`, viewer]),
    ...everyRole(organisationId),
  ];
  const violations: string[] = [];
  let judged = 0;
  for (const list of lists)
    for (const [who, viewer] of all) {
      const shown = await transact(world.orm.em, viewer, new Date(), async ({ em }) => {
        const rows: { n: number }[] = await em.execute(`select count(*)::int as n from ${list.rows.table()}`);
        return rows[0]?.n ?? 0;
      });
      const root = rootOf(subgraph, list);
      if (root === undefined) continue;
      const answer = await world.ask(viewer, `{ list: ${root} { totalCount } }`);
      const listed = (answer.data as { list: { totalCount: number } | null }).list?.totalCount;
      if (shown > 0) judged++;
      if (listed !== shown) violations.push(`${list.node} as ${who}: ${String(listed)} of ${shown} rows`);
    }
  return { violations, judged };
}
