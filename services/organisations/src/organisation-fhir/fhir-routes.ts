import { encodeGlobalId } from "@clic/global-id";
import type { GraphContext } from "@clic/subgraph-kit";
import type { Bundle, Resource } from "@medplum/fhirtypes";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { dayOf } from "../organisation-history/day.rules.ts";
import type { OrganisationVersionRow } from "../organisation-history/organisation-version.entity.ts";
import { versionOn } from "../organisation-history/organisation-version.loaders.ts";
import { capabilityStatement } from "./capability-statement.rules.ts";
import { answerProblem, asOutcome, fhirJson, refuseOtherFormats } from "./fhir-answers.ts";
import { FhirProblem, notFound, notSupported, outcomeOf } from "./operation-outcome.rules.ts";
import { etagOf, historyEntryOf, lastUpdated, linksOf, organizationOf } from "./organization.rules.ts";
import { readHistory, readHistoryParameters, readVersion } from "./read-history.ts";
import { searchOrganizations } from "./search-organizations.ts";
import { readSearch } from "./search-parameters.rules.ts";

type Parameters = readonly (readonly [string, string])[];
type WithId = FastifyRequest<{ Params: { id: string; version?: string } }>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The routes of FHIR's RESTful API for Organization: read, vread, history of one, search, capabilities. Read only. */
export function addFhirRoutes(app: FastifyInstance, context: () => GraphContext, path: string): void {
  const base = ({ publicUrl }: GraphContext): string => `${publicUrl}${path}`;
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_, body, done) =>
    done(null, body),
  );
  app.addHook("onRequest", (request, reply, done) => {
    // It is public and changes nothing: any page may ask.
    void reply.header("access-control-allow-origin", "*");
    refuseOtherFormats(request);
    done();
  });
  app.addHook("preSerialization", (_, reply, payload, done) => done(null, asOutcome(payload, reply)));
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler((request) => {
    throw request.method === "GET" || request.method === "HEAD"
      ? new FhirProblem(404, "not-supported", "This server knows Organization and metadata, and nothing else.")
      : new FhirProblem(405, "not-supported", "This server is read only.");
  });

  app.get("/metadata", (_, reply) => send(reply, capabilityStatement(base(context()))));

  app.get("/Organization/:id", async (request: WithId, reply) => {
    const { id } = request.params;
    const now = context();
    const version = uuid.test(id) ? await versionOn(now, encodeGlobalId("Organisation", id), dayOf(now.now)) : null;
    if (version === null) throw notFound("There is no Organization with this id.");
    return await sendVersion(request, reply, version);
  });

  app.get("/Organization/:id/_history/:version", async (request: WithId, reply) => {
    const { id, version: number = "" } = request.params;
    const known = uuid.test(id) && /^[1-9]\d{0,8}$/.test(number);
    const version = known ? await readVersion(context(), id, Number(number)) : null;
    if (version === null) throw notFound("There is no such version of an Organization with this id.");
    return await sendVersion(request, reply, version);
  });

  app.get("/Organization/:id/_history", async (request: WithId, reply) => {
    const { id } = request.params;
    const now = context();
    const asked = readHistoryParameters(parametersOf(request));
    const history = uuid.test(id) ? await readHistory(now, id, asked) : null;
    if (history === null || (history.total === 0 && (await readVersion(now, id, 1)) === null))
      throw notFound("There is no Organization with this id.");
    const url = pageUrl(`${base(now)}/Organization/${id}/_history`, asked.used);
    const bundle: Bundle = {
      resourceType: "Bundle",
      type: "history",
      total: history.total,
      link: linksOf({
        self: url(asked.below === null ? null : String(asked.below)),
        next: history.next && url(history.next),
      }),
      entry: history.rows.map((version) => historyEntryOf(base(now), version)),
    };
    return await send(reply, bundle);
  });

  const search = async (
    request: FastifyRequest,
    reply: FastifyReply,
    parameters: Parameters,
  ): Promise<FastifyReply> => {
    const now = context();
    const asked = readSearch(parameters, base(now));
    const isStrict = String(request.headers["prefer"] ?? "").includes("handling=strict");
    const unknown = asked.ignored.map((name) => `${name} is no parameter that this server knows; it was left out.`);
    if (isStrict && unknown.length > 0) throw notSupported(`${asked.ignored.join(", ")}: not known to this server.`);
    const found = await searchOrganizations(now, asked);
    const url = pageUrl(`${base(now)}/Organization`, asked.used);
    const bundle: Bundle = {
      resourceType: "Bundle",
      type: "searchset",
      ...(found.total !== undefined && { total: found.total }),
      link: linksOf({
        self: url(asked.cursor),
        ...(!asked.onlyCount && {
          first: url(null),
          previous: found.previous && url(found.previous),
          next: found.next && url(found.next),
        }),
      }),
      entry: [
        ...found.rows.map((version) => {
          const resource = organizationOf(version);
          return { fullUrl: `${base(now)}/Organization/${resource.id}`, resource, search: { mode: "match" as const } };
        }),
        ...(unknown.length > 0
          ? [{ resource: outcomeOf("not-supported", unknown, "warning"), search: { mode: "outcome" as const } }]
          : []),
      ],
    };
    if (bundle.entry?.length === 0) delete bundle.entry;
    return await send(reply, bundle);
  };
  app.get("/Organization", (request, reply) => search(request, reply, parametersOf(request)));
  app.post("/Organization/_search", (request, reply) =>
    search(request, reply, [
      ...parametersOf(request),
      ...new URLSearchParams((request.body as string | undefined) ?? ""),
    ]),
  );
}

function parametersOf({ raw }: FastifyRequest): Parameters {
  const at = raw.url?.indexOf("?") ?? -1;
  return at === -1 ? [] : [...new URLSearchParams(raw.url?.slice(at + 1))];
}

/** Links of a page: what was asked, from the cursor on. */
function pageUrl(url: string, used: Parameters): (cursor: string | null) => string {
  return (cursor) => {
    const query = new URLSearchParams(used.map(([name, value]): [string, string] => [name, value]));
    if (cursor !== null) query.set("_cursor", cursor);
    return query.size === 0 ? url : `${url}?${query.toString()}`;
  };
}

async function sendVersion(
  request: FastifyRequest,
  reply: FastifyReply,
  version: OrganisationVersionRow,
): Promise<FastifyReply> {
  const etag = etagOf(version);
  void reply
    .header("etag", etag)
    .header("last-modified", new Date(lastUpdated(version)).toUTCString())
    .header("cache-control", "no-cache");
  if (isKnown(request, etag, lastUpdated(version))) return await reply.code(304).send();
  return await send(reply, organizationOf(version));
}

/** Whether the caller has this version already. A tag says more than a time, so that a time counts only without one. */
function isKnown({ headers }: FastifyRequest, etag: string, updated: string): boolean {
  const tags = headers["if-none-match"];
  if (tags !== undefined) return tags.split(",").some((tag) => tag.trim() === "*" || weak(tag.trim()) === weak(etag));
  const since = Date.parse(headers["if-modified-since"] ?? "");
  return !Number.isNaN(since) && Math.floor(Date.parse(updated) / 1000) <= Math.floor(since / 1000);
}

function weak(tag: string): string {
  return tag.replace(/^W\//, "");
}

function send(reply: FastifyReply, resource: Resource): FastifyReply {
  return reply.type(fhirJson).send(JSON.stringify(resource));
}
