export { anonymousViewer, clientViewer, personViewer, systemViewer, type Viewer } from "./viewer.ts";
export { isRole, isScope, roles, scopes, scopesOf, type Role, type Scope } from "./roles.ts";
export { chooseViewer, type Account, type ViewerChoice, type ViewerRefusal } from "./choose-viewer.ts";
export { readBearer } from "./bearer.ts";
export { readSubgraphKey, signSubgraphToken, subgraphTokenLifetime } from "./subgraph-token.ts";
export { createSubgraphTokenVerifier, SubgraphTokenRefused } from "./subgraph-token-verifier.ts";
export type { SubgraphTokenRefusal, SubgraphTokenVerifier } from "./subgraph-token-verifier.ts";
export { AccessTokenRefused, createAccessTokenVerifier, IssuerUnavailable } from "./access-token.ts";
export type { AccessTokenBearer, AccessTokenVerifier } from "./access-token.ts";
