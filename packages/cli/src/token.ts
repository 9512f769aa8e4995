import { cliClientId, developmentGrant, machineClient, machineScopes, users } from "@clic/development-issuer";
import { type Command, Option } from "commander";
import { StartRefused } from "./cli.errors.ts";

const names = [...users.map(({ name }) => name), "machine"];
const timeout = 5_000;

/**
 * Adds `clic token --as <user>`: prints a bearer token of the development issuer on stdout, and nothing else.
 *
 * The action throws StartRefused, one line with the cure, when the issuer isn't there or gives none.
 *
 * @param options.issuerUrl where the issuer listens, as in http://127.0.0.1:4010
 */
export function addTokenCommand(program: Command, options: { issuerUrl: string }): void {
  program
    .command("token")
    .description("print a bearer token to query the graph with")
    .addOption(new Option("--as <user>", "whom to be").choices(names).makeOptionMandatory())
    .action(async ({ as }: { as: string }) => {
      process.stdout.write(`${await fetchToken(options.issuerUrl, as)}\n`);
    });
}

/**
 * A token as this user, good for an hour.
 *
 * @param user a development user, or "machine"
 * @throws StartRefused
 */
export async function fetchToken(issuerUrl: string, user: string): Promise<string> {
  const isMachine = user === "machine";
  const form = isMachine
    ? { grant_type: "client_credentials", scope: machineScopes.join(" ") }
    : { grant_type: developmentGrant, client_id: cliClientId, username: user };
  const secret = Buffer.from(`${machineClient.id}:${machineClient.secret}`).toString("base64");

  const response = await fetch(`${issuerUrl.replace(/\/$/, "")}/token`, {
    method: "POST",
    headers: isMachine ? { authorization: `Basic ${secret}` } : {},
    body: new URLSearchParams(form),
    signal: AbortSignal.timeout(timeout),
  }).catch((cause: unknown) => {
    throw new StartRefused(`No issuer answers at ${issuerUrl}. Start the graph with "npm start", or set ISSUER_URL.`, {
      cause,
    });
  });
  const answer = (await response.json().catch(() => ({}))) as { access_token?: unknown; error_description?: unknown };
  if (response.ok && typeof answer.access_token === "string") return answer.access_token;
  const reason =
    typeof answer.error_description === "string" ? answer.error_description : `It answered ${response.status}.`;
  throw new StartRefused(`${issuerUrl} gave no token. ${reason} Is it the development issuer? If not, set ISSUER_URL.`);
}
