import type { Viewer } from "@clic/identity";
import type { RegisteredOperations } from "@clic/registered-operations";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Authenticate } from "../identity/authenticate.ts";
import { createAdmission } from "./admission.ts";
import type { Limits } from "./limits.ts";
import { createRateLimits, senderOf } from "./rate-limits.ts";

/** Who asks. */
export interface Asker {
  readonly viewer: Viewer;
  /** Whom they are counted with. */
  readonly sender: string;
}

export interface Protection {
  /**
   * Before anything of the body is read: finds out who asks, and whether they ask too often; a request whose sender can't
   * be made out counts for its address. Rejects with RequestRefused.
   */
  arrive(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Who asks, when they may and don't ask for too much at once. For a request that arrived. Rejects with a GraphQLError. */
  admit(request: FastifyRequest): Promise<Asker>;
}

export function createProtection(
  limits: Limits | undefined,
  registered: Pick<RegisteredOperations, "find">,
  authenticate: Authenticate,
): Protection {
  const rates = limits && createRateLimits(limits.rate);
  const admission = limits && createAdmission(limits, registered);
  const viewers = new WeakMap<FastifyRequest, Promise<Viewer>>();
  return {
    async arrive(request, reply) {
      const identified = authenticate(request.headers, request.id);
      viewers.set(request, identified);
      const viewer = await identified.catch(() => undefined); // told by `admit`
      if (rates) reply.headers(await rates.admit(senderOf(viewer, request.ip)));
    },
    async admit(request) {
      const viewer = await viewers.get(request)!;
      const { search } = new URL(request.url, "http://gateway");
      admission?.({ method: request.method, body: request.body, search });
      return { viewer, sender: senderOf(viewer, request.ip).key };
    },
  };
}
