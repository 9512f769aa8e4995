import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { MembershipEntity } from "../membership/membership.entity.ts";
import { SecondmentEntity } from "../secondment/secondment.entity.ts";
import type { SupportRequest } from "../support-request/support-request.entity.ts";
import { assessmentRefusals } from "./assessment.refusals.ts";
import { isOwnRequest } from "./assessment.rules.ts";

/** The viewer's id where they may assess at all; the refusal where not. */
export function assessorOf({ viewer }: UseCase): string | Refusal {
  if (!viewer.scopes.has("request:assess") || viewer.personId === null)
    return commonRefusals.NOT_ALLOWED("The office and the operations group assess requests.");
  return viewer.personId;
}

/** The refusal where the request is the assessor's own; null where it is somebody else's. */
export async function refusalOfOwn(
  { em, viewer, now }: UseCase,
  request: SupportRequest,
  personId: string,
): Promise<Refusal | null> {
  const belongings = {
    memberships: await em.find(MembershipEntity, { personId, status: "ACTIVE" }),
    secondments: await em.find(SecondmentEntity, { personId }),
  };
  return isOwnRequest(viewer, request, belongings, now.toISOString().slice(0, 10))
    ? assessmentRefusals.OWN_REQUEST("You belong to the organisation that asks; somebody else has to judge this.")
    : null;
}
