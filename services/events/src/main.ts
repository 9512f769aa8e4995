import { openBus, startRelay } from "@clic/bus";
import { type Background, type RunningParts, runService } from "@clic/subgraph-kit";
import { loadDemonstration } from "./demonstration.ts";
import { bulk } from "./demonstration/at-scale.ts";
import { loadFounding } from "./founding.ts";
import { subgraph } from "./schema.ts";

const background = async ({ environment, logger }: RunningParts): Promise<readonly Background[]> => {
  if (!environment.BUS_DATABASE_URL) return [];
  const bus = openBus({ databaseUrl: environment.BUS_DATABASE_URL, logger });
  const relay = startRelay({ databaseUrl: environment.DATABASE_URL, schema: subgraph.orm.schema, bus, logger });
  return [{ stop: () => relay.stop().then(() => bus.stop()) }];
};

await runService(
  { subgraph, loads: { founding: loadFounding, demonstration: loadDemonstration }, bulk, background },
  process,
);
