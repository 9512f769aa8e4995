import type { GraphContext } from "@clic/subgraph-kit";
import { type OrganisationRow, organisations } from "../organisation/organisation.entity.ts";
import type { OrganisationVersionRow } from "./organisation-version.entity.ts";
import { versionOn } from "./organisation-version.loaders.ts";

/** PostgreSQL keeps successions from going in a circle; this keeps a long line from costing without end. */
const longest = 32;

/** Who has an organisation's place on a day: itself, or who had succeeded it by then, however often. */
export async function followSuccession(
  context: GraphContext,
  organisationId: string,
  day: string,
): Promise<OrganisationVersionRow | null> {
  let version = await versionOn(context, organisationId, day);
  for (let step = 0; step < longest && version?.succeededById != null; step++)
    version = await versionOn(context, version.succeededById, day);
  return version;
}

/** The line of those who took an organisation's place, the nearest first. */
export async function successorsOf(context: GraphContext, organisation: OrganisationRow): Promise<OrganisationRow[]> {
  const line: OrganisationRow[] = [];
  for (let next = organisation.succeededById; next != null && line.length < longest;) {
    const successor: OrganisationRow | null = await organisations.byId(context, next);
    if (successor === null) break;
    line.push(successor);
    next = successor.succeededById;
  }
  return line;
}
