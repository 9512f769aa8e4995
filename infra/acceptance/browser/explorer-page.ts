import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** Where the pictures are kept; the folder's neighbours are the logs of `npm start`. */
export const pictures = join(import.meta.dirname, "../../../.clic/logs/pictures");

/** A fresh browser with the explorer in it, and what it asked for and complained about. */
export interface OpenedExplorer {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Every URL that it asked for so far, in any of its windows. */
  readonly asked: string[];
  /** Everything that its policy forbade, that was thrown, or logged as an error. */
  readonly complaints: string[];
  /** Clicks what asks, and gives the status that the answer comes with. */
  answerTo(name: string | RegExp): Promise<string>;
  /** Keeps a picture. */
  picture(name: string): Promise<void>;
  /** What axe finds in a part of the page, serious or worse. */
  inaccessible(part: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a browser with a profile of its own. */
export function startBrowser(executablePath: string | undefined): Promise<Browser> {
  return chromium.launch({ args: flags, headless: true, ...(executablePath !== undefined && { executablePath }) });
}

/** Opens the explorer of a gateway, waiting until it is built and has answered its first question. */
export async function openExplorer(
  browser: Browser,
  origin: string,
  options: { readonly width?: number; readonly colorScheme?: "light" | "dark" } = {},
): Promise<OpenedExplorer> {
  const { width = 1440, colorScheme = "light" } = options;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, acceptDownloads: true });
  const asked: string[] = [];
  const complaints: string[] = [];
  context.on("request", (request) => asked.push(request.url()));
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} forbade ${blockedURI}`),
    );
  });
  const page = await context.newPage();
  mkdirSync(pictures, { recursive: true });
  await page.goto(`${origin}/`);
  const status = page.locator("#answer > header output");
  await status.filter({ hasText: "Answered" }).waitFor({ timeout: 90_000 });
  // The building page answers 503 until the page is there, and a browser logs that.
  complaints.length = 0;

  return {
    context,
    page,
    asked,
    complaints,
    async answerTo(name) {
      await page.getByRole("button", { name }).first().click();
      // It is busy from the click on, whatever has to be done before it can ask.
      await page.locator('#answer[aria-busy="false"]').waitFor({ timeout: 60_000 });
      return (await status.textContent()) ?? "";
    },
    async picture(name) {
      await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: width < 1000 });
    },
    async inaccessible(part) {
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(
        (inside) => (globalThis as unknown as { axe: typeof axe }).axe.run(inside),
        part,
      );
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    },
    close: () => context.close(),
  };
}
