import { commonRefusals, isRefusal, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { lockSupportRequest, refusalByStatus } from "./lock-support-request.ts";
import { supportRequestRefusals } from "./support-request.refusals.ts";

/** The viewer stands behind the request; resolves to its id. Sent again, it changes nothing. */
export async function sponsorSupportRequest(
  useCase: UseCase,
  input: { readonly supportRequestId: string },
): Promise<{ id: string } | Refusal> {
  const { viewer } = useCase;
  if (!viewer.scopes.has("request:sponsor") || viewer.personId === null)
    return commonRefusals.NOT_ALLOWED("Alliance leaders and sponsors stand behind requests.");
  const request = await lockSupportRequest(useCase, input.supportRequestId);
  if (isRefusal(request)) return request;
  if (request.sponsorId === viewer.personId) return { id: request.id };
  if (request.sponsorId != null)
    return supportRequestRefusals.ALREADY_SPONSORED("Somebody else stands behind this request already.");
  const refusal = refusalByStatus(request, "sponsor");
  if (refusal !== null) return refusal;
  request.sponsorId = viewer.personId;
  return { id: request.id };
}
