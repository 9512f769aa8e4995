import { runService } from "@clic/subgraph-kit";
import { startBackground } from "./background.ts";
import { demonstrationLoad } from "./demonstration.ts";
import { bulk } from "./demonstration/at-scale.ts";
import { loadFounding } from "./founding.ts";
import { subgraph } from "./schema.ts";

const issuer = process.env["ISSUER_URL"] ?? "http://127.0.0.1:4010";

await runService(
  {
    subgraph,
    loads: { founding: loadFounding, demonstration: demonstrationLoad({ issuer }) },
    bulk,
    background: ({ orm, logger, environment: { DATABASE_URL, BUS_DATABASE_URL } }) =>
      Promise.resolve(startBackground({ orm, logger, databaseUrl: DATABASE_URL, busDatabaseUrl: BUS_DATABASE_URL })),
  },
  process,
);
