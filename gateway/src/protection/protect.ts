import type { Viewer } from "@clic/identity";
import type { RegisteredOperations } from "@clic/registered-operations";
import type { FastifyReply, FastifyRequest } from "fastify";
import { createAdmission } from "./admission.ts";
import type { Limits } from "./limits.ts";
import { createRateLimits } from "./rate-limits.ts";

/**
 * Lets a request in, or throws a GraphQLError: not too often, then not too much at once. `identified` is who asks; a request
 * whose sender can't be made out counts for its address.
 */
export type Protect = (request: FastifyRequest, reply: FastifyReply, identified: Promise<Viewer>) => Promise<Viewer>;

export function createProtection(limits: Limits | undefined, registered: Pick<RegisteredOperations, "find">): Protect {
  if (limits === undefined) return (_request, _reply, identified) => identified;
  const rates = createRateLimits(limits.rate);
  const admit = createAdmission(limits, registered);
  return async (request, reply, identified) => {
    const viewer = await identified.catch(async (error: unknown) => {
      reply.headers(await rates.admitUnknown(request.ip));
      throw error;
    });
    reply.headers(await rates.admit(viewer, request.ip));
    const { search } = new URL(request.url, "http://gateway");
    admit({ method: request.method, body: request.body, search });
    return viewer;
  };
}
