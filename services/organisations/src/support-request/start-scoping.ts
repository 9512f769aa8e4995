import { commonRefusals, isRefusal, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { lockSupportRequest, refusalByStatus } from "./lock-support-request.ts";

/** Begins to work out what a received request needs; resolves to its id. */
export async function startScoping(
  useCase: UseCase,
  input: { readonly supportRequestId: string },
): Promise<{ id: string } | Refusal> {
  if (!useCase.viewer.scopes.has("request:assess"))
    return commonRefusals.NOT_ALLOWED("The office and the operations group work out what requests need.");
  const request = await lockSupportRequest(useCase, input.supportRequestId);
  if (isRefusal(request)) return request;
  if (request.status === "SCOPING") return { id: request.id };
  const refusal = refusalByStatus(request, "startScoping");
  if (refusal !== null) return refusal;
  request.status = "SCOPING";
  return { id: request.id };
}
