import type { IncomingMessage, ServerResponse } from "node:http";
import { createProvider, signInPath } from "./provider.ts";
import { answerSignIn } from "./sign-in.ts";

/** Everything but health: the provider's own paths, and the sign-in page. */
export function createHandler(
  options: Parameters<typeof createProvider>[0],
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const provider = createProvider(options);
  const answerProtocol = provider.callback();
  return async (request, response) => {
    if (request.url?.startsWith(signInPath)) await answerSignIn(provider, request, response);
    else await answerProtocol(request, response);
  };
}
