import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { exampleSubjects, writeExample } from "@clic/explorer/examples";
import { changesData, withFound } from "@clic/explorer/questions";
import { seedId } from "@clic/seed-data";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from "graphql";
import type { Browser } from "playwright-core";
import { type RunningGraph, startGraph } from "../src/running-graph.ts";
import { openExplorer, type OpenedExplorer, pictures, startBrowser } from "./explorer-page.ts";

const run = promisify(execFile);
let graph: RunningGraph;
let browser: Browser;
let origin: string;
beforeAll(async () => {
  browser = await startBrowser(process.env["CHROMIUM"]);
  graph = await startGraph(process.env);
  origin = new URL(graph.url).origin;
  process.stdout.write(`pictures: ${pictures}\n`);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await graph?.stop();
}, 60_000);

describe("the explorer", () => {
  let explorer: OpenedExplorer;
  beforeEach(async () => void (explorer = await openExplorer(browser, origin)));
  afterEach(() => explorer?.close());

  it("opens on questions in plain English with the first one answered, and nobody signed in", async () => {
    const { page, picture } = explorer;
    await picture("1-first");
    expect(
      await page.getByRole("tabpanel", { name: "Questions" }).getByRole("listitem").count(),
    ).toBeGreaterThanOrEqual(10);
    expect(await page.locator("#answer table tbody tr").count()).toBeGreaterThanOrEqual(14);
    expect(await page.getByLabel("Ask as").inputValue()).toBe("anonymous");
    expect(explorer.asked.filter((url) => !url.startsWith(origin))).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\.well-known\/openid-configuration$/),
    ]);
  });

  it("asks every question as who may ask it by one click, and the graph answers all of them", async () => {
    const { page, answerTo } = explorer;
    const titles = await page.getByRole("tabpanel", { name: "Questions" }).locator(".title").allTextContents();
    for (const title of titles) {
      expect([title, await answerTo(title)]).toEqual([title, expect.stringContaining("Answered")]);
      expect([title, await page.locator(".problem-panel").count()]).toEqual([title, 0]);
      if (!title.startsWith("Who is called"))
        expect([title, await page.locator("#answer table tbody tr").count()]).not.toEqual([title, 0]);
    }
    // Four people have asked, and each signed in once.
    const signIns = explorer.asked.filter((url) => new URL(url).pathname === "/auth");
    expect(signIns.map((url) => new URL(url).searchParams.get("login_hint")).toSorted()).toEqual([
      "analyst",
      "lead",
      "member",
      "secondee",
    ]);
  });

  it("signs in by code with PKCE, and keeps tokens out of addresses, storage and cookies", async () => {
    const { page, asked, context, answerTo } = explorer;
    const token = page.waitForRequest((request) => request.url().endsWith("/token"));
    const popup = page.waitForEvent("popup");
    await answerTo("Tell me about one event");
    const window = await popup;
    if (!window.isClosed()) await window.waitForEvent("close");
    const authorize = new URL(asked.find((url) => new URL(url).pathname === "/auth") ?? "");
    expect(Object.fromEntries(authorize.searchParams)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
    });
    expect((await token).postData()).toMatch(/code_verifier=/);
    const kept = await page.evaluate(() => [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
      location.href,
    ]);
    expect(kept).toEqual([0, 0, "", `${origin}/`]);
    for (const url of asked) expect(url).not.toMatch(/eyJ|access_token/);
    expect((await context.cookies()).filter(({ value }) => value.startsWith("eyJ"))).toEqual([]);
    expect(context.pages()).toHaveLength(1);
  });

  it("says what was withheld and why, marks it in the table, and asks as someone who may", async () => {
    const { page, answerTo, picture } = explorer;
    expect(await answerTo("Who has booked what")).toContain("one field withheld");
    const panel = page.getByRole("region", { name: "One field is withheld from an analyst" });
    expect(await panel.textContent()).toContain("bookings.nodes.person");
    expect(await panel.textContent()).toContain("withheld from the viewer, as it is from analysts");
    expect(await page.locator("td.withheld").count()).toBeGreaterThan(5);
    await picture("2-withheld");
    expect(await answerTo("Ask as someone who may")).toContain("Answered the office");
    expect(await page.locator("td.withheld").count()).toBe(0);
    expect(await page.locator("#answer table").textContent()).toContain("Mary Member");

    expect(await answerTo("Who is called Mary")).toContain("withheld");
    expect(await page.locator(".withheld-panel").textContent()).toContain("FORBIDDEN");
    await picture("3-forbidden");
  });

  it("lets a secondee act for one of their organisations, and says so in the request alone", async () => {
    const { page, answerTo } = explorer;
    await answerTo("Whom may I act for");
    const acting = page.getByLabel("acting for");
    await acting.selectOption({ label: "Demonstration Trust 1" });
    const asked = page.waitForRequest(graph.url);
    await answerTo(/^Ask$/);
    expect((await asked).headers()["x-acting-organisation"]).toBe(seedId("Organisation", "demo-trust-1"));
    expect(await page.locator(".problem-panel").count()).toBe(0);
  });

  it("asks as the bearer of a token that was pasted, such as a machine's, and hides it", async () => {
    const { page, answerTo } = explorer;
    await page.getByLabel("Ask as").selectOption("bearer");
    await page.getByLabel("Access token").fill(await graph.token("machine"));
    await page.getByRole("button", { name: "Use it" }).click();
    await page.locator(".sees").filter({ hasText: "what the token allows" }).waitFor();
    expect(await page.content()).not.toContain(await graph.token("machine"));
    expect(await answerTo(/^Ask$/)).toContain("Answered");
  });

  it("gives the answer as a table, as CSV and as JSON", async () => {
    const { page, answerTo } = explorer;
    await answerTo("How many bookings a month");
    expect(await page.locator("#answer th").allTextContents()).toEqual(
      expect.arrayContaining(["key.bookedAt", "key.status", "count"]),
    );
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /^CSV of bookings › groupBy/ }).click();
    expect(readFileSync(await (await download).path(), "utf8")).toMatch(
      /^\uFEFFkey\.bookedAt,key\.status,count\r\n\d{4}-/,
    );
    await page.getByRole("tab", { name: "JSON" }).click();
    await page.locator(".json").getByText('"groupBy"').waitFor();
    await explorer.picture("4-json");
  });

  it("documents the schema, and writes an example of any type, which runs", async () => {
    const { page, answerTo, picture } = explorer;
    await page.getByRole("tab", { name: "Schema" }).click();
    await page.getByRole("link", { name: "Venue", exact: true }).first().click();
    await page
      .getByText("A place where events are held")
      .or(page.locator(".graphiql-markdown-description"))
      .first()
      .waitFor();
    expect(await answerTo("Write an example of Venue")).toContain("no errors");
    expect(await page.locator("#answer table tbody tr").count()).toBeGreaterThan(0);
    await picture("5-schema");
    await page.getByLabel("An example of any type").fill("Query.organisation");
    // An example asks for all there is; anybody is told what they may not see of it.
    expect(await answerTo("Write it")).toMatch(/no errors|(\d+) errors?, \1 fields? withheld/);
    // The organisation, and after it what it has lists of.
    expect(await page.locator("#answer table").first().locator("tbody tr").count()).toBe(1);
  });

  it("writes an example of what changes data without asking it", async () => {
    const { page } = explorer;
    const before = explorer.asked.length;
    await page.getByRole("tab", { name: "Schema" }).click();
    await page.getByLabel("An example of any type").fill("Mutation.cancelEvent");
    await page.getByRole("button", { name: "Write it" }).click();
    await page.getByText("This changes data when it is asked.").waitFor();
    await page.locator(".variables").getByText("evt_").waitFor();
    const sent = explorer.asked.slice(before).filter((url) => url === graph.url);
    expect(sent).toHaveLength(1); // the look-up of an id
  });

  it("copies the request as a text that runs as it stands, and never with the token in it", async () => {
    const { page, answerTo, picture } = explorer;
    await answerTo("How much is there");
    await page.getByLabel("Ask as").selectOption("member");
    await page.getByText("their own bookings").waitFor();
    await page.getByRole("tab", { name: "Copy as" }).click();
    await picture("6-copy");
    const text = (await page.locator(".copy pre").textContent()) ?? "";
    expect(text).toMatch(/export TOKEN=\$\(.*npx clic token --as member\)/);
    expect(text).not.toContain("eyJ");
    const env = { ...process.env, TOKEN: await graph.token("member") };
    const { stdout } = await run("sh", ["-c", text.replace(/^export TOKEN=.*$/m, "")], { env });
    expect(JSON.parse(stdout)).toMatchObject({ data: { organisations: { totalCount: 32 } } });
  });

  it("can be worked by keyboard alone, and tells a screen reader when there is an answer", async () => {
    const { page } = explorer;
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the editor");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the answer");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("ask-as");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Questions");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("Schema");
    expect(await page.getByRole("tabpanel", { name: "Schema" }).isVisible()).toBe(true);
    await page.keyboard.press("ArrowLeft");
    for (let tabs = 0; tabs < 13; tabs++) await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+Tab");
    expect(await focused()).toContain("How much is there of everything?");
    await page.keyboard.press("Enter");
    await page
      .getByRole("status")
      .filter({ hasText: /Answered anybody.*no errors/ })
      .waitFor();
    // Into the editor, and out of it again.
    await page.locator(".operation .graphiql-editor").focus();
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.className)).toContain("graphiql-editor");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest(".operation"))).toBeNull();
  });

  it("asks nothing of any other host, breaks no rule of its policy, and would tell if it did", async () => {
    const { page, asked, complaints, answerTo } = explorer;
    await answerTo("What is being done for older people");
    await answerTo("Who has booked what");
    for (const tab of ["Schema", "History", "JSON", "Copy as"]) await page.getByRole("tab", { name: tab }).click();
    await page.getByRole("button", { name: "Tidy" }).click();
    await page.locator(".operation .graphiql-editor").press("Enter");
    // Asked for again until they stand there: what is typed before the editor is ready goes by.
    do {
      await page.keyboard.press("Control+Space");
      await page.waitForTimeout(500);
    } while (!(await page.locator(".suggest-widget").first().isVisible()));
    expect(
      [...new Set(asked.map((url) => new URL(url)))].filter(
        ({ protocol, hostname }) => protocol.startsWith("http") && hostname !== "127.0.0.1",
      ),
    ).toEqual([]);
    expect(complaints).toEqual([]);
    const told = page.waitForEvent("console", (message) => message.text().startsWith("policy:"));
    await page.evaluate(() => fetch("https://elsewhere.example/").catch(() => null));
    expect((await told).text()).toBe("policy: connect-src forbade https://elsewhere.example/");
  });
});

describe("the examples that the explorer writes", () => {
  it("run as they stand on the whole graph, one of every root field and type that is read", async () => {
    const { data } = await graph.ask(getIntrospectionQuery(), { as: "office" });
    const schema = buildClientSchema(data as IntrospectionQuery);
    const failed: unknown[] = [];
    let ran = 0;
    for (const subject of exampleSubjects(schema)) {
      const example = writeExample(schema, subject);
      if (example === null || changesData(example)) continue;
      let { variables } = example;
      for (const { path, query } of example.finds) {
        const found = JSON.stringify((await graph.ask(query, { as: "office" })).data ?? null);
        variables = withFound(variables, path, /"id":"([^"]+)"/.exec(found)?.[1] ?? null);
      }
      // The demonstration has nothing of this kind yet.
      if (example.finds.some(({ path }) => JSON.stringify(variables).includes(`"${path.at(-1)}":null`))) continue;
      const { errors } = await graph.ask(example.query, { as: "office", variables });
      ran += 1;
      if (errors !== undefined) failed.push([subject, errors[0]?.message]);
    }
    expect(failed).toEqual([]);
    expect(ran).toBeGreaterThan(200);
  });
});

describe("the explorer for everybody", () => {
  it.each([
    { name: "light", width: 1440, colorScheme: "light" as const },
    { name: "dark", width: 1440, colorScheme: "dark" as const },
    { name: "phone", width: 375, colorScheme: "light" as const },
  ])("has no serious barrier that axe knows, nor scrolls sideways: $name", async ({ name, width, colorScheme }) => {
    const explorer = await openExplorer(browser, origin, { width, colorScheme });
    const { page, inaccessible, answerTo, picture } = explorer;
    try {
      await answerTo("Who has booked what");
      await picture(`7-${name}`);
      const found = new Set(await inaccessible("body"));
      for (const [tab, part] of [
        ["JSON", "#answer"],
        ["Copy as", "#answer"],
        ["Schema", "nav"],
        ["History", "nav"],
      ] as const) {
        await page.getByRole("tab", { name: tab }).click();
        await page.getByRole("tabpanel", { name: tab }).waitFor();
        for (const violation of await inaccessible(part)) found.add(`${tab}: ${violation}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
      expect([...found]).toEqual([]);
    } finally {
      await explorer.close();
    }
  });
});
