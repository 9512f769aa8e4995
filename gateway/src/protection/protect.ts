import type { Viewer } from "@clic/identity";
import type { RegisteredOperations } from "@clic/registered-operations";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Authenticate } from "../identity/authenticate.ts";
import { createAdmission } from "./admission.ts";
import type { Limits } from "./limits.ts";
import { createRateLimits } from "./rate-limits.ts";

export interface Protection {
  /**
   * Before anything of the body is read: finds out who asks, and whether they ask too often; a request whose sender can't
   * be made out counts for its address. Rejects with RequestRefused.
   */
  arrive(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Who asks, when they may and don't ask for too much at once. Once for each request that arrived. Rejects with a GraphQLError. */
  admit(request: FastifyRequest): Promise<Viewer>;
}

export function createProtection(
  limits: Limits | undefined,
  registered: Pick<RegisteredOperations, "find">,
  authenticate: Authenticate,
): Protection {
  const rates = limits && createRateLimits(limits.rate);
  const admission = limits && createAdmission(limits, registered);
  const senders = new WeakMap<FastifyRequest, Promise<Viewer>>();
  return {
    async arrive(request, reply) {
      const sender = authenticate(request.headers, request.id);
      senders.set(request, sender);
      const viewer = await sender.catch(() => undefined); // told by `admit`
      if (rates === undefined) return;
      reply.headers(await (viewer ? rates.admit(viewer, request.ip) : rates.admitUnknown(request.ip)));
    },
    async admit(request) {
      const viewer = await senders.get(request)!;
      const { search } = new URL(request.url, "http://gateway");
      admission?.({ method: request.method, body: request.body, search });
      return viewer;
    },
  };
}
