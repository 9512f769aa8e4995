import { openBus, rpiwPhaseChanged, startConsumer, startRelay } from "@clic/bus";
import { systemViewer } from "@clic/identity";
import { runService, transact, type UseCase } from "@clic/subgraph-kit";
import { demonstrationLoad } from "./demonstration.ts";
import { loadFounding } from "./founding.ts";
import { subgraph } from "./schema.ts";
import { followDelivery } from "./work-item/follow-delivery.ts";

const issuer = process.env["DEVELOPMENT_ISSUER"] ?? "http://127.0.0.1:4010";

await runService(
  {
    subgraph,
    loads: { founding: loadFounding, demonstration: demonstrationLoad({ issuer }) },
    background: async ({ orm, environment, logger }) => {
      if (environment.BUS_DATABASE_URL === undefined) return [];
      const bus = openBus({ databaseUrl: environment.BUS_DATABASE_URL, logger });
      const relay = startRelay({ databaseUrl: environment.DATABASE_URL, schema: "organisations", bus, logger });
      const viewer = systemViewer("organisations.work-item-status");
      const consumer = startConsumer({
        bus,
        name: "organisations.work-item-status",
        facts: [rpiwPhaseChanged],
        transaction: <Result>(work: (em: UseCase["em"]) => Promise<Result>) =>
          transact(orm.em, viewer, new Date(), ({ em }) => work(em)),
        handle: (fact, em) => followDelivery({ em, viewer, now: new Date() }, fact),
        logger,
      });
      const stop = async (): Promise<void> => {
        await Promise.all([relay.stop(), consumer.stop()]);
        await bus.stop();
      };
      return [{ stop }];
    },
  },
  process,
);
