import * as oauth from "oauth4webapi";

/** An access token, held in memory alone: it is lost with the page, on purpose. */
export interface AccessToken {
  readonly token: string;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface Issuer {
  /** Whether it lets a page choose whom to be, as the development issuer does. */
  readonly development: boolean;
  /**
   * Opens the issuer's window and settles when somebody has signed in there. Rejects with SignInFailed. Call it from a
   * click: browsers block windows that nobody asked for.
   *
   * @param hint whom to be; the development issuer goes on without asking
   */
  signIn(hint: string | null, signal: AbortSignal): Promise<AccessToken>;
}

/** Why nobody is signed in, for a person to read. */
export class SignInFailed extends Error {
  override readonly name = "SignInFailed";
}

/** Where the window that comes back tells the page that opened it; only pages of this origin hear it. */
export const channelName = "explorer-sign-in";
const developmentGrant = "urn:clic:params:oauth:grant-type:development";

/** Reads what the issuer can do. Rejects when it can't be reached. */
export async function openIssuer(url: string, clientId: string): Promise<Issuer> {
  const issuer = new URL(url);
  const options = { [oauth.allowInsecureRequests]: isLoopback(issuer) };
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  const client: oauth.Client = { client_id: clientId };
  const redirectUri = new URL("/", location.href).href;

  async function signIn(hint: string | null, signal: AbortSignal): Promise<AccessToken> {
    const [verifier, state, nonce] = [
      oauth.generateRandomCodeVerifier(),
      oauth.generateRandomState(),
      oauth.generateRandomNonce(),
    ];
    const authorize = new URL(server.authorization_endpoint ?? "");
    authorize.search = new URLSearchParams({
      client_id: clientId,
      response_type: "code",
      scope: "openid",
      redirect_uri: redirectUri,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
      prompt: "login",
      ...(hint !== null && { login_hint: hint }),
    }).toString();
    const returned = await throughWindow(authorize, state, signal);
    const parameters = oauth.validateAuthResponse(server, client, returned, state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      redirectUri,
      verifier,
      options,
    );
    const { access_token: token, expires_in: seconds = 300 } = await oauth.processAuthorizationCodeResponse(
      server,
      client,
      response,
      { expectedNonce: nonce, requireIdToken: true },
    );
    return { token, expiresAt: Date.now() + seconds * 1_000 };
  }

  return {
    development: server.grant_types_supported?.includes(developmentGrant) ?? false,
    signIn: (hint, signal) =>
      signIn(hint, signal).catch((cause: unknown) => {
        if (cause instanceof SignInFailed) throw cause;
        throw new SignInFailed(`The issuer gave no token: ${(cause as Error).message}`, { cause });
      }),
  };
}

async function throughWindow(authorize: URL, state: string, signal: AbortSignal): Promise<URLSearchParams> {
  const channel = new BroadcastChannel(channelName);
  try {
    const opened = window.open(authorize, "_blank", "popup,width=480,height=640");
    if (opened === null)
      throw new SignInFailed("The browser blocked the sign-in window. Allow it for this page, then ask again.");
    return await new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => {
        opened.close();
        reject(new SignInFailed("The sign-in was cancelled."));
      });
      channel.onmessage = ({ data }: MessageEvent<string>) => {
        const returned = new URLSearchParams(data);
        // Another tab may be signing in at the same time.
        if (returned.get("state") === state) resolve(returned);
      };
    });
  } finally {
    channel.close();
  }
}

/** Whether this page is the window coming back from the issuer. If so it tells the page that opened it, and closes. */
export function comesBack(): boolean {
  const parameters = new URLSearchParams(location.search);
  if (!parameters.has("state") || !(parameters.has("code") || parameters.has("error"))) return false;
  history.replaceState(null, "", "/");
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(parameters.toString());
  channel.close();
  window.close();
  return true;
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}
