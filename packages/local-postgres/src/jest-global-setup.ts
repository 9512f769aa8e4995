import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startPostgres } from "./start-postgres.ts";
import type { LocalPostgres } from "./start-postgres.ts";
import { prepareTestServer } from "./test-database.ts";

declare global {
  // Jest loads set-up and tear-down apart from each other; the global object is what they share.
  var clicTestPostgres: LocalPostgres | undefined;
}

/** One PostgreSQL for the whole run, or the one that TEST_POSTGRES_URL names. The variable reaches every test. */
export default async function setUp(): Promise<void> {
  const given = process.env["TEST_POSTGRES_URL"];
  if (given !== undefined && given !== "") return prepareTestServer(given);
  const server = await startPostgres({ dataDirectory: mkdtempSync(join(tmpdir(), "clic-test-")), ephemeral: true });
  globalThis.clicTestPostgres = server;
  process.env["TEST_POSTGRES_URL"] = server.adminUrl;
  await prepareTestServer(server.adminUrl);
}
