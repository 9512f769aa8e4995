import { decodeGlobalId, encodeGlobalId } from "@clic/global-id";
import { type GraphContext, loaderOf, statement } from "@clic/subgraph-kit";

const count = statement("select roll_out_id, live from education_learning.live_sites($1::uuid[])");

/** How many sites of a roll-out are live: public, though the sites are not. One statement for all roll-outs. */
export function liveSites(context: GraphContext, rollOutId: string): Promise<number> {
  return loaderOf(context, liveSites, "count", async (ids: readonly string[]) => {
    const uuids = ids.map((id) => decodeGlobalId(id, "RollOut").uuid);
    const rows = await context.reads.query<{ roll_out_id: string; live: number }>(count, [uuids]);
    const byId = new Map(rows.map((row) => [encodeGlobalId("RollOut", row.roll_out_id), row.live]));
    return ids.map((id) => byId.get(id) ?? 0);
  }).load(rollOutId);
}
