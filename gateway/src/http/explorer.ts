import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Environment } from "../environment.ts";
import { buildingPage, explorerHeaders } from "./explorer-page.ts";

/** Where the page is built to look for its files. */
const PREFIX = "/explorer/";
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  ttf: "font/ttf",
};

type File = Readonly<{ type: string; content: Buffer }>;

/**
 * Serves the explorer at `/` and its files below `/explorer/`, if the environment asks for it. With `when-built` the page
 * may come later: until then `/` says so and looks again. Throws when it is `on` and not built.
 *
 * Files are read once and held: a request can name only what the build made, and no path of it ever reaches the disk.
 */
export function addExplorer(app: FastifyInstance, environment: Environment): void {
  const { EXPLORER: mode, EXPLORER_FILES: folder, EXPLORER_CLIENT: client, identity } = environment;
  if (mode === undefined) return;
  if (mode === "on" && !isBuilt(folder)) {
    throw new Error(
      `EXPLORER is on, and ${folder} has no explorer in it. Run npm run build:explorer, or unset EXPLORER.`,
    );
  }
  const headers = explorerHeaders(identity && new URL(identity.issuer).origin);
  let held: ReadonlyMap<string, File> | undefined;
  const files = (): ReadonlyMap<string, File> | undefined => (held ??= isBuilt(folder) ? readFiles(folder) : undefined);

  app.get("/", (_request, reply) => {
    const page = files()?.get("index.html");
    reply.headers(headers).header("cache-control", "no-cache").type("text/html; charset=utf-8");
    if (page !== undefined) return reply.send(page.content);
    return reply.code(503).header("retry-after", "2").send(buildingPage);
  });
  app.get(`${PREFIX}settings.json`, (_request, reply) =>
    reply
      .headers(headers)
      .header("cache-control", "no-cache")
      .send({ issuer: identity?.issuer ?? null, client }),
  );
  app.get<{ Params: { "*": string } }>(`${PREFIX}assets/*`, (request, reply) => {
    const file = files()?.get(`assets/${request.params["*"]}`);
    return file === undefined ? reply.callNotFound() : sendFile(reply.headers(headers), file);
  });
}

/** The names of built files carry a hash of what is in them, so a browser may keep them. */
function sendFile(reply: FastifyReply, { type, content }: File): FastifyReply {
  return reply.header("cache-control", "public, max-age=31536000, immutable").type(type).send(content);
}

function isBuilt(folder: string): boolean {
  return existsSync(join(folder, "index.html"));
}

function readFiles(folder: string): ReadonlyMap<string, File> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      const type = MEDIA_TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
      return [
        path.slice(folder.length).replaceAll("\\", "/").replace(/^\//, ""),
        { type, content: readFileSync(path) },
      ];
    }),
  );
}
