import { gzipSync } from "node:zlib";
import type { Exchange, Play } from "./fault-proxy.ts";

/** Faults by name, each of the whole exchange: no field of it can be used. */
export type Faults = Readonly<Record<string, Play>>;

const JSON_HEAD = { "content-type": "application/json" };

/** Sends `body` as an honest server sends JSON. */
export const say =
  (body: string | Buffer, status = 200, headers: Record<string, string> = JSON_HEAD): Play =>
  ({ response }) =>
    void response.writeHead(status, headers).end(body);

/** Sends bytes past HTTP. */
export const raw =
  (bytes: string | Buffer, end = true): Play =>
  ({ socket }) =>
    void (end ? socket.end(bytes) : socket.write(bytes));

/** Changes the text of what the subgraph answers. */
export const changed =
  (change: (body: string) => string | Buffer, headers: Record<string, string> = JSON_HEAD): Play =>
  async ({ response, upstream }) =>
    void response.writeHead(200, headers).end(change(await upstream()));

/** Writes on and on, until the other side has had enough. */
const drip =
  (write: (exchange: Exchange) => void, begin?: (exchange: Exchange) => void): Play =>
  (exchange) => {
    begin?.(exchange);
    const timer = setInterval(() => write(exchange), 10);
    exchange.socket.once("close", () => clearInterval(timer));
  };

/** The subgraph gives no answer, or none in time. */
export const unavailable: Faults = {
  "resets the connection": ({ socket }) => void socket.resetAndDestroy(),
  "closes the connection without a word": ({ socket }) => void socket.end(),
  "keeps the connection open and says nothing": () => undefined,
  "answers too late": async ({ upstream, response }) => {
    const body = await upstream();
    const timer = setTimeout(() => response.writeHead(200, JSON_HEAD).end(body), 60_000);
    response.once("close", () => clearTimeout(timer));
  },
  "drips its body": drip(
    ({ response }) => void response.write(" "),
    ({ response }) => void response.writeHead(200, JSON_HEAD).write("{"),
  ),
  "drips its head": drip(
    ({ socket }) => void socket.write("a"),
    ({ socket }) => void socket.write("HTTP/1.1 200 OK\r\nx-a: "),
  ),
  "sends hints for ever": drip(({ socket }) => void socket.write("HTTP/1.1 103 Early Hints\r\n\r\n")),
  "resets in mid-body": ({ response, socket }) => {
    response.writeHead(200, JSON_HEAD).write('{"data":{');
    setTimeout(() => socket.resetAndDestroy(), 20);
  },
  "sends less than it announced": raw(
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"data":{',
  ),
  "ends in the middle of a chunk": raw(
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{",
  ),
  "answers 500 with a page": say("<h1>at /srv/secret</h1>", 500, { "content-type": "text/html" }),
  "is behind a proxy that says 502": say("<h1>bad gateway</h1>", 502, { "content-type": "text/html" }),
  "says 503 in JSON": say('{"data":{"events":[]}}', 503),
  "is behind a proxy that says 504": say("", 504),
};

/** The subgraph gives an answer that must not be used. */
export const refused: Faults = {
  "redirects to itself": ({ response, request }) =>
    void response.writeHead(302, { ...JSON_HEAD, location: request.url! }).end('{"data":{"events":[]}}'),
  "redirects with an answer for a body": say('{"data":{"events":[]}}', 307, { ...JSON_HEAD, location: "/elsewhere" }),
  "answers 204": say("", 204),
  "answers HTML": say("<html>", 200, { "content-type": "text/html" }),
  "answers JSON as text": changed((body) => body, { "content-type": "text/plain" }),
  "answers JSON as nothing": changed((body) => body, {}),
  "truncates its JSON": changed((body) => body.slice(0, -3)),
  "truncates its JSON in HTTP/1.0, where nobody can tell": raw(
    'HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{"data":{"events":[{"ti',
  ),
  "answers garbage": say(Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 7919) % 256))),
  "answers nothing": say(""),
  "speaks no HTTP": raw("SSH-2.0-OpenSSH_9.9\r\n"),
  "sends a gzip bomb": say(gzipSync(Buffer.alloc(50_000_000)), 200, { ...JSON_HEAD, "content-encoding": "gzip" }),
  "packs an honest answer": changed((body) => gzipSync(body), { ...JSON_HEAD, "content-encoding": "gzip" }),
  "says that it packed what it did not": changed((body) => body, { ...JSON_HEAD, "content-encoding": "br" }),
  "sends a huge body, announced": say(`{"data":${" ".repeat(3_000_000)}}`),
  "sends chunks without end": ({ response }) => {
    response.writeHead(200, JSON_HEAD);
    const chunk = " ".repeat(64_000);
    const pour = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", pour);
    pour();
  },
  "sends headers without end": raw(`HTTP/1.1 200 OK\r\n${"x-bomb: 0123456789\r\n".repeat(50_000)}\r\n`),
  "sends bytes that are no UTF-8": say(Buffer.from('{"data":{"events":[{"title":"\xc3\x28\xff"}]}}', "latin1")),
  "sends NaN": changed((body) => body.replace(/"title":"[^"]*"/, '"title":NaN')),
  "sends Infinity": changed((body) => body.replace(/"title":"[^"]*"/, '"title":-Infinity')),
  "sends two answers in one": changed((body) => body + body),
  "sends a list": say("[]"),
  "sends a text": say('"all fine"'),
  "sends null": say("null"),
  "sends brackets, a hundred thousand deep": say("[".repeat(100_000) + "]".repeat(100_000)),
  "sends data that is no object": say('{"data":"all"}'),
  "sends errors that are no list": say('{"data":{"events":[]},"errors":{"message":"x"}}'),
  "sends errors that are no objects": say('{"errors":["bad"]}'),
  "sends neither data nor errors": say('{"extensions":{}}'),
  "sends data as its prototype": say('{"__proto__":{"data":{"events":[]}}}'),
  "refuses the token": say('{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}', 401),
};

const addTo = (keys: string) => (body: string) => body.replaceAll(/\{("(?:title|__typename|id)")/g, `{${keys},$1`);

/** Oddities that change nothing of what was asked. */
export const harmless: Faults = {
  "begins with a byte order mark": changed((body) => `\uFEFF${body}`),
  "answers in HTTP/1.0 and closes": async ({ socket, upstream }) =>
    void socket.end(`HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n${await upstream()}`),
  "sends hints first": async ({ response, upstream }) => {
    response.writeEarlyHints({ link: "</x>; rel=preload" });
    response.writeHead(200, JSON_HEAD).end(await upstream());
  },
  "sends one byte at a time": async ({ response, upstream }) => {
    response.writeHead(200, JSON_HEAD);
    for (const byte of await upstream()) response.write(byte);
    response.end();
  },
  "calls its JSON by its other name": changed((body) => body, {
    "content-type": "application/graphql-response+json; charset=utf-8",
  }),
  "sends cookies and trailers": async ({ response, upstream }) => {
    response.writeHead(200, { ...JSON_HEAD, "set-cookie": "a=b", trailer: "x-trailer" });
    response.write(await upstream());
    response.addTrailers({ "x-trailer": "1" });
    response.end();
  },
  "says a key twice": changed((body) => body.replaceAll(/("title":)("[^"]*")/g, '$1"first",$1$2')),
  "adds keys that nobody asked for": changed(addTo('"secret":"s3cret","name":"overwritten"')),
  "adds a prototype": changed(addTo('"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}')),
  "adds a prototype in escapes": changed(addTo('"\\u005f_proto__":{"polluted":true}')),
  "adds a prototype beside data": changed((body) => body.replace("{", '{"__proto__":{"polluted":true,"errors":[{}]},')),
  "poisons its extensions": changed((body) =>
    body.replace(
      "{",
      '{"extensions":{"ftv1":"AAAA","valueCompletion":[{"message":"http://10.0.0.1"}],"__proto__":{}},',
    ),
  ),
};
