import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { DemoDataRefused } from "@clic/demo-data";
import { LocalPostgresError } from "@clic/local-postgres";
import { Command } from "commander";

import { StartRefused } from "./cli.errors.ts";
import { addDemoDataCommand } from "./demo-data.ts";
import { addImportCommand } from "./import-ods.ts";
import { runStart } from "./run-start.ts";
import { readSettings } from "./settings.ts";
import { graphStack } from "./stack.ts";
import { addTokenCommand } from "./token.ts";

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

try {
  const settings = readSettings(process.env, root);
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
      const endWithLauncher = process.env["npm_lifecycle_event"] !== undefined;
      process.exitCode = await runStart({ settings, stack: graphStack(settings), fresh, endWithLauncher });
    });
  addTokenCommand(program, settings);
  addDemoDataCommand(program, { settings, stack: graphStack(settings) });
  addImportCommand(program, { settings, stack: graphStack(settings) });
  await program.parseAsync();
} catch (error) {
  const refused = [StartRefused, LocalPostgresError, DemoDataRefused].some((kind) => error instanceof kind);
  if (!(error instanceof Error && refused)) throw error;
  process.stderr.write(`clic: ${error.message}\n`);
  process.exitCode = 1;
}
