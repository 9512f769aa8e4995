import type { FastifyInstance } from "fastify";
import type { SubgraphClient } from "../subgraph/subgraph-client.ts";

const PROBE_MS = 1_000;
/** Anybody may ask; the subgraphs are asked at most this often. */
const REMEMBER_MS = 2_000;

/**
 * `/health/live`: the process answers. `/health/ready`: requests may be sent here, 503 while stopping; the body says which
 * subgraphs are reachable, which readiness does not depend on, since the others' fields are still worth having.
 */
export function addHealth(
  app: FastifyInstance,
  subgraphs: () => readonly SubgraphClient[],
  stopping: () => boolean,
): void {
  let probed: { at: number; states: Promise<Record<string, string>> } | undefined;

  async function probe(): Promise<Record<string, string>> {
    const states: Record<string, string> = {};
    const probes = subgraphs().map(async (client) => {
      states[client.name] = (await client.reachable(PROBE_MS)) ? "reachable" : "unreachable";
    });
    await Promise.all(probes);
    return states;
  }

  app.get("/health/live", async () => ({ status: "live" }));
  app.get("/health/ready", async (_request, reply) => {
    const now = performance.now();
    if (probed === undefined || now - probed.at > REMEMBER_MS) probed = { at: now, states: probe() };
    const status = stopping() ? "stopping" : "ready";
    return reply
      .code(status === "ready" ? 200 : 503)
      .send({ status, supergraph: "loaded", subgraphs: await probed.states });
  });
}
