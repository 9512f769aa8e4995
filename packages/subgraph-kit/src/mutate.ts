import type { GraphContext, UseCase } from "./context.ts";
import { codedError } from "./errors/coded-error.ts";
import { isRefusal, type Refusal } from "./errors/refusal.ts";
import type { RowSource } from "./row/row-source.ts";

/**
 * Resolves a mutation: runs the use case in its transaction and answers with the refusal, or with the row it made or
 * changed, read afresh on behalf of the viewer.
 */
export async function mutate<Type extends object>(
  context: GraphContext,
  rows: RowSource<Type>,
  useCase: (useCase: UseCase) => Promise<Refusal | { readonly id: string }>,
  // oxlint-disable-next-line typescript/no-explicit-any -- the union's member is told by __typename, which the generated types can't follow
): Promise<any> {
  const result = await context.transact(useCase);
  return isRefusal(result) ? result : await rows.byId(context, result.id);
}

/** A row that a rule says is there. Throws FORBIDDEN where row-level security hides it from the viewer. */
export async function present<Type>(row: Promise<Type | null>): Promise<Type> {
  const found = await row;
  if (found === null) throw codedError("FORBIDDEN", "What this belongs to is withheld from you.");
  return found;
}
