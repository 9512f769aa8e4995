export { graphAudience, startIssuer, type RunningIssuer } from "./start-issuer.ts";
export { users, type DevelopmentUser } from "./users.ts";
export { cliClientId, developmentGrant, explorerClientId, machineClient, machineScopes } from "./clients.ts";
