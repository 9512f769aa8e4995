import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type TestGateway, type World, eventually, startTestGateway, startWorld } from "./test-gateway.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const EVENTS = "{ events { title } }";
const LAUNCH = { events: [{ title: "Launch" }] };
/** Larger than strangers may ask. */
const LARGE = `query Large {\n  events {\n    ${Array.from({ length: 150 }, (_, n) => `a${n}: title`).join("\n    ")}\n    __typename\n  }\n}`;

const manifestOf = (...operations: { id: string; name: string; body: string }[]): string =>
  JSON.stringify({
    format: "apollo-persisted-query-manifest",
    version: 1,
    operations: operations.map((operation) => ({ ...operation, type: "query" })),
  });

describe("operations that stand under a hash", () => {
  let world: World;
  let folder: string;
  let manifest: string;
  let gateway: TestGateway;
  beforeAll(async () => {
    world = await startWorld();
    folder = await mkdtemp(join(tmpdir(), "clic-persisted-"));
    manifest = join(folder, "manifest.json");
  });
  beforeEach(async () => {
    await writeFile(manifest, manifestOf({ id: sha256(LARGE), name: "Large", body: LARGE }));
    gateway = await startTestGateway(world, { PERSISTED_OPERATIONS: manifest });
  });
  afterEach(() => gateway.close());
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  const post = async (body: object, headers: Record<string, string> = {}): Promise<{ status: number; body: any }> => {
    const response = await fetch(`${gateway.origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const hashed = (sha256Hash: string): object => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
  const codeOf = ({ status, body }: { status: number; body: any }): unknown => [
    status,
    body.errors?.[0].extensions.code,
  ];

  /** Apollo Client as a front end sets it up; `sent` has the bodies and addresses of its requests. */
  function client(options: ConstructorParameters<typeof PersistedQueryLink>[0]): {
    client: ApolloClient;
    sent: string[];
  } {
    const sent: string[] = [];
    const watched: typeof fetch = (input, init) => {
      const address = decodeURIComponent(input as string);
      sent.push(`${init?.method} ${address} ${(init?.body as string | undefined) ?? ""}`);
      return fetch(input, init);
    };
    const http = new HttpLink({ uri: `${gateway.origin}/graphql`, fetch: watched });
    const link = ApolloLink.from([new PersistedQueryLink(options), http]);
    return { client: new ApolloClient({ cache: new InMemoryCache(), link }), sent };
  }

  describe("that a client registers by itself (APQ)", () => {
    it("run by Apollo Client: the hash, then once the query with it, then the hash alone, by GET too", async () => {
      const one = client({ sha256, useGETForHashedQueries: true });
      const query = gql(EVENTS);
      const ask = (): Promise<unknown> =>
        one.client.query({ query, fetchPolicy: "network-only" }).then(({ data }) => data);
      expect(await ask()).toMatchObject(LAUNCH);
      expect(one.sent.map((request) => request.split(" ")[0])).toEqual(["GET", "POST"]);
      expect(await ask()).toMatchObject(LAUNCH);
      expect(one.sent).toHaveLength(3);
      expect(one.sent[2]).toContain(`"sha256Hash":"`);
      expect(one.sent[2]).not.toContain("title");
    });

    it("are not found before, with status 200 as Apollo's clients expect", async () => {
      const answer = await post(hashed(sha256("{ unknown }")));
      expect(codeOf(answer)).toEqual([200, "PERSISTED_QUERY_NOT_FOUND"]);
      expect(answer.body.errors[0].message).toBe("PersistedQueryNotFound");
    });

    it("are refused under a hash that isn't theirs, and nobody else gets them under it", async () => {
      const other = sha256("{ events { id } }");
      expect(codeOf(await post({ query: EVENTS, ...hashed(other) }))).toEqual([400, "PERSISTED_QUERY_MISMATCH"]);
      expect(codeOf(await post(hashed(other)))).toEqual([200, "PERSISTED_QUERY_NOT_FOUND"]);
    });

    it.each([
      { version: 2, sha256Hash: sha256(EVENTS) },
      { version: 1 },
      { version: 1, sha256Hash: 7 },
      "nonsense",
      [],
    ])("are refused when asked for by %j", async (persistedQuery) => {
      expect(codeOf(await post({ query: EVENTS, extensions: { persistedQuery } }))).toEqual([400, "BAD_REQUEST"]);
    });

    it("get the limits, and what is refused is not remembered", async () => {
      const large = LARGE.replace("Large", "Other");
      expect(codeOf(await post({ query: large, ...hashed(sha256(large)) }))).toEqual([400, "TOO_MANY_ALIASES"]);
      expect(codeOf(await post(hashed(sha256(large))))).toEqual([200, "PERSISTED_QUERY_NOT_FOUND"]);
    });
  });

  describe("that a front end was built with (the manifest)", () => {
    it("run at any size by Apollo Client, which sends nothing but their id", async () => {
      // CommonJS that requires the client's modules: loaded after them, or jest sees a cycle.
      const { generatePersistedQueryIdsFromManifest } = await import("@apollo/persisted-query-lists");
      const ids = generatePersistedQueryIdsFromManifest({
        loadManifest: () => ({ operations: [{ id: sha256(LARGE), name: "Large" }] }),
      });
      const one = client(ids);
      const { data } = await one.client.query<{ events: Record<string, string>[] }>({ query: gql(LARGE) });
      expect(data!.events[0]).toMatchObject({ a0: "Launch", a149: "Launch" });
      expect(one.sent).toHaveLength(1);
      expect(one.sent[0]).not.toContain("title");
    });

    it("run at any size by hash, by documentId, by GET, by their very text, and by nothing else", async () => {
      const id = sha256(LARGE);
      for (const body of [
        hashed(id),
        { documentId: id },
        { documentId: `sha256:${id}` },
        { documentId: null, ...hashed(id) },
        { query: LARGE },
        { query: LARGE, ...hashed(id) },
      ])
        expect(await post(body)).toMatchObject({ status: 200, body: { data: { events: [{ a149: "Launch" }] } } });
      const asked = { "apollo-require-preflight": "1" };
      const extensions = encodeURIComponent(JSON.stringify((hashed(id) as { extensions: object }).extensions));
      for (const search of [`extensions=${extensions}`, `documentId=${id}`])
        expect((await gateway.get(`/graphql?${search}`, asked)).body.data?.events[0].a149).toBe("Launch");
      const altered = LARGE.replace("a149", "b149");
      expect(codeOf(await post({ query: altered }))).toEqual([400, "TOO_MANY_ALIASES"]);
      expect(codeOf(await post({ query: altered, documentId: id }))).toEqual([400, "TOO_MANY_ALIASES"]);
      expect(codeOf(await post({ query: altered, ...hashed(id) }))).toEqual([400, "PERSISTED_QUERY_MISMATCH"]);
      expect(codeOf(await post({ documentId: "unknown" }))).toEqual([400, "PERSISTED_QUERY_NOT_FOUND"]);
    });

    it("run under ids that are no hashes, and follow the file", async () => {
      await writeFile(manifest, manifestOf({ id: "events-page-7", name: "Events", body: `query Events ${EVENTS}` }));
      await eventually(async () => (await post({ documentId: "events-page-7" })).status === 200);
      expect((await post(hashed("events-page-7"))).body.data).toEqual(LAUNCH);
      expect(codeOf(await post({ query: LARGE }))).toEqual([400, "TOO_MANY_ALIASES"]);
      await writeFile(manifest, "{");
      await eventually(() => gateway.logged.some((line) => line.includes("operations are refused")));
      expect((await post(hashed("events-page-7"))).body.data).toEqual(LAUNCH);
    });

    it("may change while the gateway starts", async () => {
      const starting = startTestGateway(world, { PERSISTED_OPERATIONS: manifest });
      await new Promise((resolve) => setTimeout(resolve, 50));
      await writeFile(manifest, manifestOf({ id: "late", name: "Events", body: `query Late ${EVENTS}` }));
      const other = await starting;
      const late = "/graphql?documentId=late";
      await eventually(
        async () => (await other.get(late, { "apollo-require-preflight": "1" })).body.data?.events.length === 1,
      );
      await other.close();
    });

    it("are planned before anybody asks", async () => {
      const planned = async (): Promise<string> =>
        /plans_total\{outcome="planned"\} (\d+)/.exec((await gateway.get("/metrics")).text)![1]!;
      expect(await planned()).toBe("1");
      expect((await post({ query: LARGE })).status).toBe(200);
      expect(await planned()).toBe("1");
    });

    it("stay subject to what their caller may see and how often they may ask", async () => {
      const body = "query Schema { __schema { queryType { name } } }";
      await writeFile(manifest, manifestOf({ id: "schema", name: "Schema", body }));
      await gateway.close();
      gateway = await startTestGateway(world, { PERSISTED_OPERATIONS: manifest, RATE_LIMIT_ANONYMOUS: "2" });
      expect(codeOf(await post({ documentId: "schema" }))).toEqual([403, "INTROSPECTION_REFUSED"]);
      const authorization = `Bearer ${await world.issuer.token("analyst")}`;
      expect((await post({ documentId: "schema" }, { authorization })).body.data.__schema.queryType.name).toBe("Query");
      expect(codeOf(await post({ documentId: "schema" }))).toEqual([403, "INTROSPECTION_REFUSED"]);
      expect(codeOf(await post({ documentId: "schema" }))).toEqual([429, "RATE_LIMITED"]);
    });

    it("are refused at the start when the file is no manifest", async () => {
      await writeFile(manifest, "{}");
      await expect(startTestGateway(world, { PERSISTED_OPERATIONS: manifest })).rejects.toThrow(
        /operations of .*manifest\.json cannot be registered/,
      );
    });
  });
});
