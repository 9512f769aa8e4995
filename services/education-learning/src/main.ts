import { runService } from "@clic/subgraph-kit";
import { startBackground } from "./background.ts";
import { loadDemonstration } from "./demonstration.ts";
import { bulk } from "./demonstration/at-scale.ts";
import { loadFounding } from "./founding.ts";
import { subgraph } from "./schema.ts";

await runService(
  { subgraph, loads: { founding: loadFounding, demonstration: loadDemonstration }, bulk, background: startBackground },
  process,
);
