import type { IncomingMessage, ServerResponse } from "node:http";
import { errors, type Provider } from "oidc-provider";
import { errorPage, pageHeaders, signInPage } from "./pages.ts";
import { isUser } from "./users.ts";

const longestForm = 1_024;

/**
 * Shows the users, or goes on as the one that was chosen, be it by `login_hint` already. Only the browser that began the
 * sign-in gets that far. Going on unasked gives away nothing here: the token goes to a page of this machine, and the pages
 * of this machine can have one as anybody.
 */
export async function answerSignIn(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const interaction = await provider.interactionDetails(request, response);
    const { params } = interaction;
    const hint = params["login_hint"];
    if (request.method === "GET" && isUser(hint)) {
      await goOnAs(hint);
      return;
    }
    if (request.method === "GET") {
      const client = await provider.Client.find(String(params["client_id"]));
      response.writeHead(200, pageHeaders).end(signInPage(client?.clientName ?? "An application"));
      return;
    }
    const username = request.method === "POST" ? (await readForm(request)).get("username") : null;
    if (!isUser(username)) {
      response.writeHead(400, pageHeaders).end(errorPage("There is no such user."));
      return;
    }
    await goOnAs(username);

    async function goOnAs(accountId: string): Promise<void> {
      await endSessionOfAnother(provider, interaction, accountId);
      await provider.interactionFinished(request, response, { login: { accountId } });
    }
  } catch (error) {
    const isTheirs = error instanceof errors.SessionNotFound;
    response.writeHead(isTheirs ? 400 : 500, pageHeaders);
    response.end(errorPage(isTheirs ? "It has ended, or began in another browser." : "The issuer failed."));
  }
}

/** The library would ask whoever was signed in before to log out, on a page of a feature that is off here. */
async function endSessionOfAnother(provider: Provider, interaction: Interaction, accountId: string): Promise<void> {
  const { session } = interaction;
  if (session === undefined || session.accountId === accountId) return;
  await (await provider.Session.findByUid(session.uid))?.destroy();
  delete interaction.session;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1_000));
}

type Interaction = Awaited<ReturnType<Provider["interactionDetails"]>>;

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > longestForm) return new URLSearchParams();
  }
  return new URLSearchParams(text);
}
