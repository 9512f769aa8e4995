import { SubgraphFailure } from "./subgraph-failure.ts";

/** Throws for a redirect, whatever its body says: another address is another party, and gets neither request nor token. */
export function refuseRedirect(status: number): void {
  if (status >= 300 && status < 400) throw new SubgraphFailure("redirect", `status ${status}, a redirect`);
}
