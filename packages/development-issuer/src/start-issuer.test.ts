import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { createAccessTokenVerifier } from "@clic/identity";
import { exportJWK, generateKeyPair } from "jose";
import { developmentGrant, graphAudience, startIssuer } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "issuer-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function tokenFrom(url: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: developmentGrant, client_id: "clic-cli", username: "member" });
  const response = await fetch(`${url}/token`, { method: "POST", body });
  return ((await response.json()) as { access_token: string }).access_token;
}

describe("the development issuer", () => {
  it("runs on loopback only, and says so", async () => {
    for (const host of ["0.0.0.0", "::", "192.0.2.1", "issuer.example"]) {
      await expect(startIssuer({ port: 0, host })).rejects.toThrow(/loopback only/);
    }
    for (const issuer of [
      "https://127.0.0.1:4010",
      "http://issuer.example",
      "http://192.0.2.1:4010",
      "http://127.0.0.1.else.example",
    ]) {
      await expect(startIssuer({ port: 0, issuer })).rejects.toThrow(RangeError);
    }
  });

  it("answers only to a name of this machine", async () => {
    const issuer = await startIssuer({ port: 0 });
    const status = (host: string) =>
      new Promise((resolve) => {
        get(`${issuer.url}/health/ready`, { headers: { host } }, (response) => resolve(response.resume().statusCode));
      });
    expect(
      await Promise.all(["127.0.0.1:4010", "localhost", "else.example", "127.0.0.1.else.example:1"].map(status)),
    ).toEqual([200, 200, 421, 421]);
    await issuer.close();
  });

  it("starts and serves without one warning of the library", async () => {
    const spies = (["warn", "info"] as const).map((method) =>
      jest.spyOn(console, method).mockImplementation(() => undefined),
    );
    const issuer = await startIssuer({ port: 0 });
    await tokenFrom(issuer.url);
    await fetch(`${issuer.url}/nothing-here`, { headers: { accept: "text/html" } });
    expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
    for (const spy of spies) spy.mockRestore();
    await issuer.close();
  });

  it("says that a port is taken, and frees its own when closed", async () => {
    const issuer = await startIssuer({ port: 0 });
    const port = Number(new URL(issuer.url).port);
    await expect(startIssuer({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await issuer.close();
    await (await startIssuer({ port })).close();
  });
});

describe("the signing keys", () => {
  it("are kept in a file for its owner only, so that a token outlives a restart", async () => {
    const keysFile = join(folder, "kept.json");
    const first = await startIssuer({ port: 0, keysFile });
    const token = await tokenFrom(first.url);
    await first.close();
    expect((await stat(keysFile)).mode & 0o777).toBe(0o600);
    const second = await startIssuer({ port: Number(new URL(first.url).port), keysFile });
    const verify = createAccessTokenVerifier({ issuer: second.url, audience: graphAudience });
    await expect(verify(token)).resolves.toMatchObject({ subject: "member" });
    await second.close();
  });

  it("in a file that others can read are its owner's again after a start", async () => {
    const keysFile = join(folder, "open.json");
    await (await startIssuer({ port: 0, keysFile })).close();
    await chmod(keysFile, 0o644);
    await (await startIssuer({ port: 0, keysFile })).close();
    expect((await stat(keysFile)).mode & 0o777).toBe(0o600);
  });

  it("never leave the process but as public keys", async () => {
    const issuer = await startIssuer({ port: 0 });
    const { keys } = (await (await fetch(`${issuer.url}/jwks`)).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty("d");
    await issuer.close();
  });

  it("are the same for two that start at once", async () => {
    const keysFile = join(folder, "shared.json");
    const pair = await Promise.all([startIssuer({ port: 0, keysFile }), startIssuer({ port: 0, keysFile })]);
    const [one, other] = await Promise.all(pair.map(async ({ url }) => (await fetch(`${url}/jwks`)).text()));
    expect(one).toBe(other);
    await Promise.all(pair.map((issuer) => issuer.close()));
  });

  it("in a file that holds none are an error with the cure; the file is left alone", async () => {
    const keysFile = join(folder, "broken.json");
    const { publicKey } = await generateKeyPair("ES256");
    const publicOnly = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: "ES256" }] });
    for (const text of [publicOnly, "", "{}", '{"keys":[]}', '{"keys":[{"alg":"ES256","d":"x"}]}']) {
      await writeFile(keysFile, text);
      await expect(startIssuer({ port: 0, keysFile })).rejects.toThrow(/broken\.json holds no signing key\. Delete it/);
      expect(await readFile(keysFile, "utf8")).toBe(text);
    }
    await expect(startIssuer({ port: 0, keysFile: join(folder, "no", "folder.json") })).rejects.toThrow(/ENOENT/);
  });
});
