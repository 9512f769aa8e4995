import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse, print } from "graphql";
import { asCurl } from "./curl.ts";
import { asPython } from "./python.ts";
import type { CopiedRequest } from "./request.ts";
import { asApolloClient, asGqlTada } from "./typescript.ts";

const run = promisify(execFile);
/** Everything that one of the languages reads in a way of its own. */
const nasty = `it's "quoted" \\ \\n \`tick\` \${x} $HOME $(id) @file !! %s 'a' ''' Zoë 🙂 {{}} #`;
const query = `query Nasty($text: String, $deep: Deep) { echo(text: ${JSON.stringify(nasty)}, other: $text, deep: $deep) }`;
const block = 'query Block {\n  echo(text: """\n    a "quoted" \\ word\n      and \\""" three `ticks` ${x}\n  """)\n}';
const variables = { text: nasty, deep: { list: [true, false, null, 1.5, "x"] } };

let url: string;
interface Received {
  readonly body: { readonly query: string; readonly variables?: unknown };
  readonly headers: Readonly<Record<string, unknown>>;
}
const received: Received[] = [];
const server = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk) => (text += String(chunk)));
  request.on("end", () => {
    received.push({ body: JSON.parse(text), headers: request.headers });
    response.writeHead(200, { "content-type": "application/json" }).end('{"data":{"echo":"heard"}}');
  });
});
let folder: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  folder = mkdtempSync(join(tmpdir(), "clic-copy-"));
  symlinkSync(join(import.meta.dirname, "../../../../../node_modules"), join(folder, "node_modules"));
  // What the copied program needs of requests, for machines whose Python lacks it.
  const stand = `import json as j, urllib.request as u
class R:
    def __init__(self, t): self.t = t
    def json(self): return j.loads(self.t)
def post(url, json, headers={}, timeout=0):
    r = u.Request(url, j.dumps(json).encode(), {**headers, "content-type": "application/json"})
    return R(u.urlopen(r, timeout=timeout).read())
`;
  writeFileSync(join(folder, "stand_in.py"), stand);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const request = (changes: Partial<CopiedRequest> = {}): CopiedRequest => ({
  url,
  query,
  variables: {},
  signedIn: false,
  tokenCommand: null,
  actingOrganisation: null,
  ...changes,
});
const env = { ...process.env, NODE_OPTIONS: "", no_proxy: "127.0.0.1", TOKEN: "secret" };
const exists = (command: string, ...args: string[]) =>
  run(command, args).then(
    () => true,
    () => false,
  );

/** Every language: how its text is run. Null where this machine can't. */
const languages: Record<
  string,
  { write: (request: CopiedRequest) => string; run: (text: string) => Promise<string | null> }
> = {
  curl: {
    write: asCurl,
    run: async (text) => ((await exists("curl", "--version")) ? (await run("sh", ["-c", text], { env })).stdout : null),
  },
  Python: {
    write: asPython,
    run: async (text) => {
      if (!(await exists("python3", "--version"))) return null;
      const has = await exists("python3", "-c", "import requests");
      const file = join(folder, "copied.py");
      writeFileSync(file, has ? text : text.replace("import requests", "import stand_in as requests"));
      return (await run("python3", [file], { env })).stdout;
    },
  },
  "Apollo Client": { write: asApolloClient, run: (text) => runNode("apollo.ts", text) },
  "gql.tada": { write: asGqlTada, run: (text) => runNode("tada.ts", text) },
};
async function runNode(name: string, text: string): Promise<string> {
  writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  return (await run(process.execPath, ["--disable-warning=ExperimentalWarning", join(folder, name)], { env })).stdout;
}

/** The meaning of a document, however it is laid out, and without what a client adds of its own. */
const meaning = (text: string) => print(parse(text)).replaceAll(/\s+__typename/g, "");

describe.each(Object.entries(languages))("a request copied as %s", (_name, language) => {
  const copied = async (changes: Partial<CopiedRequest>) => {
    const output = await language.run(language.write(request(changes)));
    if (output === null) return null;
    expect(output).toContain("heard");
    return received.at(-1);
  };

  it("sends the very same document and variables when it is run, whatever characters are in them", async () => {
    const sent = await copied({ variables });
    if (sent === null) return;
    expect(meaning(sent?.body.query ?? "")).toBe(meaning(query));
    expect(sent?.body.variables).toEqual(variables);
    const long = await copied({ query: block });
    expect(meaning(long?.body.query ?? "")).toBe(meaning(block));
    expect(long?.body.variables ?? {}).toEqual({});
  });

  it("takes the token from the environment, names the organisation, and says how to get a token", async () => {
    const signedIn = { signedIn: true, tokenCommand: "npx clic token --as member", actingOrganisation: "org_it's" };
    const text = language.write(request(signedIn));
    expect(text).toContain("export TOKEN=$(npx clic token --as member)");
    const output = await language.run(text.replace(/^export TOKEN=.*$/m, ""));
    if (output === null) return;
    expect(received.at(-1)?.headers).toMatchObject({
      authorization: "Bearer secret",
      "x-acting-organisation": "org_it's",
    });
  });
});
