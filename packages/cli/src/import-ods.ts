import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { basename, join, resolve } from "node:path";

import type { ServiceUrls } from "@clic/local-postgres";
import type { ImportMessage, ImportReport } from "@clic/ods";
import { type Command, InvalidArgumentError, Option } from "commander";

import { StartRefused } from "./cli.errors.ts";
import { describeImport, describeImportProgress } from "./import-ods-report.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";
import { withDatabase } from "./with-database.ts";

interface Options {
  readonly settings: Settings;
  readonly stack: Stack;
}

interface Given {
  readonly asAt: string;
  readonly kind?: string;
  readonly refused?: string;
}

/** Kinds of organisations that a report of ODS may be about. */
const kinds = ["CCG", "TRUST", "COUNCIL", "PROVIDER", "PRACTICE", "UNIT", "SUPPLIER"];

/**
 * Adds `clic import ods FILE`: brings a file of the NHS Organisation Data Service into the directory, while the graph runs or
 * not. Who may: whoever has this checkout's access to the database, as with `demo-data`; the run says who that was.
 *
 * The action throws StartRefused or LocalPostgresError, one line with the cure.
 */
export function addImportCommand(program: Command, options: Options): void {
  program
    .command("import")
    .description("bring a file into the graph, while it runs or not")
    .command("ods")
    .description("organisations, from a CSV file of the NHS Organisation Data Service (27 columns, no header)")
    .argument("<file>", "such as epraccur.csv")
    .addOption(
      new Option("--as-at <day>", "the day whose state the file describes, as in 2026-11-25; today unless given")
        .default(today(), "today")
        .argParser(readDay),
    )
    .addOption(new Option("--kind <kind>", "what organisations are that the file does not tell of").choices(kinds))
    .option("--refused <file>", "where the refused rows go; FILE.refused.csv here unless given")
    .action(async (file: string, given: Given) => {
      const stopping = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());
      process.exitCode = await runImport(options, file, given, stopping.signal);
    });
}

/** Answers the exit code: 0, refused rows or not, or 130 when it was stopped. */
async function runImport(options: Options, file: string, given: Given, signal: AbortSignal): Promise<number> {
  const path = resolve(file);
  if (!existsSync(path)) throw new StartRefused(`There is no file ${path}: say where it is.`);
  const refused = resolve(given.refused ?? `${basename(path)}.refused.csv`);
  const report = await withDatabase(options, async ({ services }) => {
    const urls = services["organisations"];
    if (urls === undefined) throw new Error("There are no URLs for Organisations.");
    return await importFile({ options, urls, path, refused, given, signal });
  });
  if (report === null) {
    process.stdout.write("Stopped. The same command goes on where this one was.\n");
    return 130;
  }
  process.stdout.write(describeImport(report, refused));
  return 0;
}

interface Importing {
  readonly options: Options;
  readonly urls: ServiceUrls;
  readonly path: string;
  readonly refused: string;
  readonly given: Given;
  readonly signal: AbortSignal;
}

/** Runs the service's own import as a process that ends with this one. Resolves to null when it was stopped. */
async function importFile({ options, urls, path, refused, given, signal }: Importing): Promise<ImportReport | null> {
  const main = join(options.settings.root, "services/organisations/src/ods-import/main.ts");
  const by = `${userInfo().username}@${hostname()}`;
  const args = ["--file", path, "--as-at", given.asAt, "--by", by, "--report", refused];
  // What a file leaves behind is young: a small nursery keeps the process small.
  const child = spawn(
    process.execPath,
    ["--max-semi-space-size=8", main, ...args, ...(given.kind ? ["--kind", given.kind] : [])],
    {
      cwd: options.settings.root,
      env: { ...options.settings.inherited, MIGRATION_DATABASE_URL: urls.migrationDatabaseUrl },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    },
  );
  const kill = (): void => void child.kill("SIGTERM");
  if (signal.aborted) kill();
  signal.addEventListener("abort", kill, { once: true });

  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000)));
  let end: ImportMessage | undefined;
  const progress = createProgress();
  child.on("message", (message) => {
    const told = message as ImportMessage;
    if (told.type === "progress") progress.show(describeImportProgress(told));
    else end = told;
  });
  const code = await new Promise<number | string>((settle, reject) => {
    child.once("error", reject);
    child.once("close", (exit, by) => settle(exit ?? by ?? "unknown"));
  }).finally(() => {
    signal.removeEventListener("abort", kill);
    progress.end();
  });
  if (end?.type === "ended") return end;
  if (end?.type === "refused") throw new StartRefused(end.message);
  if (signal.aborted) return null;
  throw new StartRefused(`The import ended before it was done (${code}); the same command goes on. ${words.trim()}`);
}

/** One line that is drawn over on a terminal; elsewhere a line for every tenth part. */
function createProgress(): { show(line: { text: string; step: string }): void; end(): void } {
  let last = "";
  const animated = process.stdout.isTTY;
  return {
    show({ text, step }) {
      if (animated) process.stdout.write(`\r\u001b[2K${text}`);
      else if (step !== last) process.stdout.write(`${text}\n`);
      last = step;
    },
    end() {
      if (animated && last !== "") process.stdout.write("\n");
    },
  };
}

function readDay(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError("Write a day as 2026-11-25.");
  if (text > today()) throw new InvalidArgumentError("No file describes a day that is to come.");
  return text;
}

function today(): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(new Date());
}
