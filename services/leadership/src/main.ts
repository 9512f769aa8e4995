import { runService } from "@clic/subgraph-kit";
import { loadDemonstration } from "./demonstration.ts";
import { bulk } from "./demonstration/at-scale.ts";
import { loadFounding } from "./founding.ts";
import { subgraph } from "./schema.ts";

await runService({ subgraph, loads: { founding: loadFounding, demonstration: loadDemonstration }, bulk }, process);
