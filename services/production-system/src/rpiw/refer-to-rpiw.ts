import { isGlobalId } from "@clic/global-id";
import type { GraphContext } from "@clic/subgraph-kit";
import { type RpiwRow, rpiws } from "./rpiw.entity.ts";
import type { Source } from "./rpiw.rules.ts";

/** An RPIW; `source` is null, and everything else absent, where no detail has arrived. */
export type RpiwReference = Pick<RpiwRow, "id"> &
  Partial<Omit<RpiwRow, "id" | "source">> & { readonly source: Source | null };

/** The detail of an RPIW, or its id alone where none has arrived. Null for an id of another type. */
export async function rpiwReference(context: GraphContext, id: string): Promise<RpiwReference | null> {
  if (!isGlobalId(id, "Rpiw")) return null;
  return (await rpiws.byId(context, id)) ?? { id, source: null };
}
