import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { graphAudience, type RunningIssuer, startIssuer } from "@clic/development-issuer";
import { createAccessTokenVerifier, roles } from "@clic/identity";
import { Command } from "commander";
import { StartRefused } from "./cli.errors.ts";
import { addTokenCommand } from "./token.ts";

let issuer: RunningIssuer;
beforeAll(async () => {
  issuer = await startIssuer({ port: 0 });
});
afterAll(() => issuer.close());
afterEach(() => {
  jest.restoreAllMocks();
});

/** Runs the command; gives what it printed on stdout and on stderr. */
async function run(args: string[], issuerUrl = issuer.url): Promise<{ out: string; errors: string }> {
  let out = "";
  let errors = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => ((out += String(text)), true));
  const program = new Command().exitOverride().configureOutput({ writeErr: (text) => (errors += text) });
  addTokenCommand(program, { issuerUrl });
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeErr: (text) => (errors += text) });
  await program.parseAsync(["token", ...args], { from: "user" }).catch((error: unknown) => {
    if (error instanceof StartRefused) throw error;
  });
  return { out, errors };
}

describe("clic token", () => {
  it.each(["member", "secondee", "lead", "office", "analyst", "partner"])(
    "--as %s prints the token of that user, and nothing else",
    async (user) => {
      const { out, errors } = await run(["--as", user]);
      expect(errors).toBe("");
      expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      const verify = createAccessTokenVerifier({ issuer: issuer.url, audience: graphAudience });
      expect(await verify(out.trim())).toMatchObject({ subject: user, clientId: "clic-cli" });
    },
  );

  it("--as machine prints the machine client's, with all that a machine may have", async () => {
    const { out } = await run(["--as", "machine"], `${issuer.url}/`);
    const verify = createAccessTokenVerifier({ issuer: issuer.url, audience: graphAudience });
    expect(await verify(out.trim())).toMatchObject({ subject: "clic-machine", scopes: roles.CLIENT.scopes });
  });

  it("lists the users when it is given another, or none", async () => {
    const list = "member, secondee, lead, office, analyst, partner, machine";
    expect(await run(["--as", "admin"])).toEqual({ out: "", errors: expect.stringContaining(list) });
    expect((await run([])).errors).toContain("--as <user>");
  });

  it("says how to start the issuer when it isn't there", async () => {
    await expect(run(["--as", "member"], "http://127.0.0.1:1")).rejects.toThrow(
      'No issuer answers at http://127.0.0.1:1. Start the graph with "npm start", or set ISSUER_URL.',
    );
  });

  it("says so when something else answers there", async () => {
    const other = createServer((_request, response) => response.writeHead(404).end("<html>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    await expect(run(["--as", "member"], url)).rejects.toThrow(`${url} gave no token. It answered 404.`);
    other.close();
  });
});
