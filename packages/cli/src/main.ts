import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { LocalPostgresError } from "@clic/local-postgres";
import { Command } from "commander";

import { StartRefused } from "./cli.errors.ts";
import { runStart } from "./run-start.ts";
import { readSettings } from "./settings.ts";
import { graphStack } from "./stack.ts";

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

const program = new Command("clic").description("The collaborative graph on this machine.");

program
  .command("start")
  .description("start PostgreSQL, the services and the gateway, and run them until Ctrl-C")
  .option(
    "--fresh",
    "begin anew: delete this checkout's data (with DATABASE_URL: drop the databases it made there)",
    false,
  )
  .action(async ({ fresh }: { fresh: boolean }) => {
    const settings = readSettings(process.env, root);
    // Under `npm start` the parent is npm, whose own sudden end nobody else would notice.
    const endWithParent = process.env["npm_lifecycle_event"] !== undefined;
    process.exitCode = await runStart({ settings, stack: graphStack(settings), fresh, endWithParent });
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof StartRefused || error instanceof LocalPostgresError)) throw error;
  process.stderr.write(`clic: ${error.message}\n`);
  process.exitCode = 1;
}
