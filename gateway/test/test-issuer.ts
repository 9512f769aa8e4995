import { SignJWT, exportJWK, generateKeyPair } from "jose";
import { type LocalServer, startServer } from "./local-server.ts";

export const AUDIENCE = "https://graph.clic.example";

export interface TestIssuer extends LocalServer {
  /** An access token as the real issuer makes them; `changes` spoil it. */
  token(subject: string, changes?: { audience?: string; expires?: string; issuer?: string }): Promise<string>;
}

/** An OpenID issuer with one key: discovery, the key set, and tokens signed here. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "test", alg: "RS256", use: "sig" };
  const server = await startServer((request, response) => {
    const issuer = `http://${request.headers.host}`;
    const discovery = { issuer, jwks_uri: `${issuer}/jwks` };
    const body =
      request.url === "/jwks" ? { keys: [jwk] } : request.url?.startsWith("/.well-known/") ? discovery : undefined;
    response.writeHead(body ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(body ?? {}));
  });
  return {
    ...server,
    token: (subject, { audience = AUDIENCE, expires = "5m", issuer = server.origin } = {}) =>
      new SignJWT({ client_id: "test-client", scope: "openid" })
        .setProtectedHeader({ alg: "RS256", kid: "test", typ: "at+jwt" })
        .setIssuer(issuer)
        .setSubject(subject)
        .setAudience(audience)
        .setJti(crypto.randomUUID())
        .setIssuedAt(Math.floor(Date.now() / 1_000) - 3_600)
        .setExpirationTime(expires)
        .sign(privateKey),
  };
}
