import { randomBytes } from "node:crypto";
import type { JWK } from "jose";
import { errors, interactionPolicy, Provider, type ResourceServer } from "oidc-provider";
import { clients, developmentGrant, machineScopes } from "./clients.ts";
import { isLoopbackUrl } from "./loopback.ts";
import { createMemoryAdapter } from "./memory-adapter.ts";
import { errorPage, pageHeaders } from "./pages.ts";
import { signingAlgorithm } from "./signing-keys.ts";
import { isUser, users } from "./users.ts";

const hour = 60 * 60;

/** Where somebody chooses whom to be, followed by the interaction's uid. */
export const signInPath = "/sign-in/";

/** The provider: every access token is a JWT for `audience`, lives an hour and needs nobody's consent. */
export function createProvider(options: { issuer: string; audience: string; jwks: { keys: JWK[] } }): Provider {
  const { audience } = options;
  const graph: ResourceServer = {
    scope: machineScopes.join(" "),
    audience,
    accessTokenTTL: hour,
    accessTokenFormat: "jwt",
    jwt: { sign: { alg: signingAlgorithm } },
  };
  const policy = interactionPolicy.base();
  policy.remove("consent");

  const provider = new Provider(options.issuer, {
    adapter: createMemoryAdapter(),
    jwks: options.jwks,
    clients,
    clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
    clientBasedCORS: (_ctx, origin, client) => isLoopbackUrl(origin) && client.clientAuthMethod === "none",
    cookies: { keys: [randomBytes(32).toString("base64url")] },
    enabledJWA: { idTokenSigningAlgValues: [signingAlgorithm] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo(_ctx, resource) {
          if (resource !== audience) throw new errors.InvalidTarget(`The only resource here is ${audience}.`);
          return graph;
        },
      },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    findAccount: (_ctx, sub) => (isUser(sub) ? { accountId: sub, claims: () => ({ sub }) } : undefined),
    interactions: { policy, url: (_ctx, interaction) => `${signInPath}${interaction.uid}` },
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid");
      grant.addResourceScope(audience, graph.scope);
      await grant.save();
      return grant;
    },
    renderError(ctx, out) {
      ctx.set(pageHeaders);
      ctx.body = errorPage(out.error_description ?? out.error);
    },
    responseTypes: ["code"],
    scopes: ["openid", ...machineScopes],
    ttl: {
      AccessToken: hour,
      AuthorizationCode: 60,
      ClientCredentials: hour,
      Grant: 8 * hour,
      IdToken: hour,
      Interaction: hour,
      Session: 8 * hour,
    },
  });

  provider.registerGrantType<{ username?: string }>(
    developmentGrant,
    async (ctx) => {
      const { client, params } = ctx.oidc;
      const { username } = params;
      if (!isUser(username)) {
        const names = users.map(({ name }) => name).join(", ");
        throw new errors.CustomOIDCProviderError("invalid_grant", `There is no such user. The users are ${names}.`);
      }
      const grant = new provider.Grant({ clientId: client.clientId, accountId: username });
      const token = new provider.AccessToken({
        client,
        accountId: username,
        grantId: await grant.save(),
        gty: "development",
        resourceServer: new provider.ResourceServer(audience, graph),
      });
      ctx.body = { access_token: await token.save(), expires_in: token.expiration, token_type: token.tokenType };
    },
    ["username"],
  );
  return provider;
}
