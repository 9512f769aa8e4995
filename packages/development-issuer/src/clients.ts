import { roles } from "@clic/identity";
import type { ClientMetadata } from "oidc-provider";

/** The grant that gives a token for a user's name alone. Only this issuer knows it. */
export const developmentGrant = "urn:clic:params:oauth:grant-type:development";

/** What a machine client may ask for: never more than the role CLIENT has. */
export const machineScopes: readonly string[] = roles.CLIENT.scopes;

/** For the command line: no secret, no browser. */
export const cliClientId = "clic-cli";

/** For pages on this machine: authorization code with PKCE. A native client's loopback redirect may use any port. */
export const explorerClientId = "clic-explorer";

/** The machine client. Its secret is no secret: it is here for everybody to use, in development only. */
export const machineClient = { id: "clic-machine", secret: "clic-machine-development-secret" } as const;

export const clients: ClientMetadata[] = [
  {
    client_id: cliClientId,
    client_name: "clic token",
    token_endpoint_auth_method: "none",
    grant_types: [developmentGrant],
    response_types: [],
    redirect_uris: [],
  },
  {
    client_id: explorerClientId,
    client_name: "Explorer",
    application_type: "native",
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code"],
    response_types: ["code"],
    redirect_uris: ["http://127.0.0.1:4000/", "http://localhost:4000/"],
  },
  {
    client_id: machineClient.id,
    client_name: "Machine",
    client_secret: machineClient.secret,
    token_endpoint_auth_method: "client_secret_basic",
    grant_types: ["client_credentials"],
    response_types: [],
    redirect_uris: [],
    scope: machineScopes.join(" "),
  },
];
