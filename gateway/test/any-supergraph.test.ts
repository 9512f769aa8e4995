import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { getIntrospectionQuery } from "graphql";
import { composeSupergraph } from "../src/compose.ts";
import { type GatewayProcess, spawnGateway } from "./gateway-process.ts";
import { asking, eventually } from "./test-gateway.ts";
import { type TestSubgraph, startTestSubgraph } from "./test-subgraph.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n`;
const DEEP = `{ book { ${"author { books { ".repeat(15)} id ${"} } ".repeat(15)} } }`;

describe("a supergraph that is not the project's own", () => {
  let books: TestSubgraph;
  let authors: TestSubgraph;
  let folder: string;
  let file: string;
  let gateway: Awaited<ReturnType<typeof start>> | undefined;

  beforeAll(async () => {
    const book = { id: "1", author: { id: "7" } };
    books = await startTestSubgraph(
      "books",
      `${LINK} type Query { book: Book } type Book @key(fields: "id") { id: ID! author: Author! }
       type Author @key(fields: "id") { id: ID! books: [Book!]! }`,
      { Query: { book: () => book }, Author: { books: () => [book] } },
      true,
    );
    authors = await startTestSubgraph(
      "authors",
      `${LINK} type Query { author: Author } type Author @key(fields: "id") { id: ID! name: String! }`,
      { Author: { __resolveReference: () => ({ id: "7", name: "Winifred" }) } },
      true,
    );
    folder = await mkdtemp(join(tmpdir(), "clic-any-"));
    file = join(folder, "supergraph.graphql");
  });
  afterEach(async () => {
    gateway?.child.kill("SIGKILL");
    await gateway?.exited;
    gateway = undefined;
  });
  afterAll(async () => {
    await Promise.all([books.stop(), authors.stop(), rm(folder, { recursive: true })]);
  });

  const write = (...subgraphs: TestSubgraph[]): Promise<void> => {
    const composition = composeSupergraph(subgraphs);
    if (!composition.composed) throw new Error(composition.errors.join("\n"));
    return writeFile(file, composition.supergraph);
  };

  async function start(...args: string[]): Promise<GatewayProcess & ReturnType<typeof asking>> {
    const started = spawnGateway({}, ["--supergraph", file, "--port", "0", ...args]);
    const origin = await started.origin;
    return { ...started, origin, ...asking(origin) };
  }

  it("is served from its file alone, at the addresses that stand in it, without telling strangers who asks", async () => {
    await write(books, authors);
    gateway = await start();
    const { body } = await gateway.ask("{ book { author { name } } }");
    expect(body).toEqual({ data: { book: { author: { name: "Winifred" } } } });
    for (const { headers } of [...books.received, ...authors.received]) expect(headers.authorization).toBeUndefined();
    const { body: health } = await gateway.get("/health/ready");
    expect(health.subgraphs).toEqual({ books: "reachable", authors: "reachable" });
  });

  it("keeps limits and refuses tokens, since it knows no issuer", async () => {
    gateway = await start();
    expect((await gateway.ask(DEEP)).status).toBe(400);
    expect((await gateway.ask("{ __schema { queryType { name } } }")).status).toBe(403);
    const { status, body } = await gateway.ask("{ book { id } }", { authorization: "Bearer some.token.here" });
    expect([status, body.errors[0].extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
    expect(gateway.output()).toContain("everybody is anonymous");
  });

  it("is read again when its file changes", async () => {
    await write(books);
    gateway = await start();
    expect((await gateway.ask("{ author { name } }")).status).toBe(400);
    await write(books, authors);
    await eventually(async () => (await gateway!.ask("{ author { name } }")).status === 200);
  });

  it("with --open has no identity, no limits, and shows its schema, and says so loudly", async () => {
    await write(books, authors);
    gateway = await start("--open");
    expect((await gateway.ask(DEEP, { authorization: "Basic whatever" })).body.errors).toBeUndefined();
    expect((await gateway.ask(getIntrospectionQuery())).body.data.__schema.queryType.name).toBe("Query");
    expect((await gateway.get("/graphql?query={book{id}}")).body.data.book.id).toBe("1");
    expect(gateway.output()).toMatch(/"level":40.*OPEN: no identity, no limits/);
  });

  it("is refused with arguments that the gateway doesn't know, and open is not to be had from the environment", async () => {
    const wrong = spawnGateway({}, ["--opne"]);
    expect((await wrong.exited).code).toBe(1);
    expect(wrong.output()).toContain("--opne");
    const started = spawnGateway({ OPEN: "on", SUPERGRAPH: file, PORT: "0" });
    gateway = { ...started, origin: await started.origin, ...asking(await started.origin) };
    expect((await gateway.ask("{ __schema { queryType { name } } }")).status).toBe(403);
  });
});
