import { anonymousViewer, createAccessTokenVerifier } from "@clic/identity";
import type { Logger } from "pino";
import type { Environment } from "../environment.ts";
import type { Subgraphs } from "../subgraph/subgraphs.ts";
import { createAccounts } from "./accounts.ts";
import { type Authenticate, authenticateNobody, createAuthenticator } from "./authenticate.ts";

/** The subgraph that knows accounts. */
const ACCOUNTS = "organisations";

/**
 * Who decides who a caller is: the issuer and Organisations where there is an issuer, else nobody: all are anonymous, and
 * a token is refused rather than ignored. Open gateways don't look. Throws when SUBGRAPHS lacks Organisations.
 */
export function createIdentity({ identity, open }: Environment, subgraphs: Subgraphs, log: Logger): Authenticate {
  if (open) return () => Promise.resolve(anonymousViewer);
  if (identity === undefined) return authenticateNobody;
  const organisations = subgraphs.named(ACCOUNTS);
  if (!organisations) throw new Error(`SUBGRAPHS has no entry for "${ACCOUNTS}", which knows the accounts.`);
  return createAuthenticator({
    verify: createAccessTokenVerifier(identity),
    findAccount: createAccounts(organisations),
    log,
  });
}
