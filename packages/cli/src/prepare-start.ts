import { dropDatabases, isPortFree, removePostgres } from "@clic/local-postgres";
import { endLeftovers } from "@clic/supervisor";

import { portRefused } from "./database-server.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";
import { clearStateDirectory } from "./state-directory.ts";
import type { StateDirectory } from "./state-directory.ts";

/**
 * Clears the way for a start: ends what an earlier one left, looks for free ports, and with `fresh` deletes the data.
 * Only for the holder of the state directory's lock. Throws StartRefused, LocalPostgresError.
 */
export async function prepareStart(options: {
  readonly settings: Settings;
  readonly stack: Stack;
  readonly state: StateDirectory;
  readonly fresh: boolean;
  readonly report: (line: string) => void;
}): Promise<void> {
  const { settings, stack, state, fresh, report } = options;
  const ended = await endLeftovers(state.childrenFile);
  if (ended.length > 0) report(`Ended what an earlier start had left running: ${ended.join(", ")}.`);
  for (const [owner, port] of Object.entries(stack.ports)) {
    if (!(await isPortFree(port.port))) throw portRefused(owner, port);
  }
  if (!fresh) return;
  if (settings.databaseUrl === null) {
    await removePostgres(state.postgres);
    report(`Deleted the data in ${state.path}.`);
  } else {
    const dropped = await dropDatabases(settings.databaseUrl, [stack.database, stack.busDatabase]);
    const what = dropped.length === 0 ? "nothing: none of ours was there" : dropped.join(", ");
    report(`Dropped on the server of DATABASE_URL: ${what}. Other databases, and the roles, are untouched.`);
  }
  clearStateDirectory(state);
}
