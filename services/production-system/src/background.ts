import { openBus, startConsumer, startRelay, supportRequestAccepted, workItemRegistered } from "@clic/bus";
import { systemViewer } from "@clic/identity";
import { type Background, type RunningParts, transact } from "@clic/subgraph-kit";
import { learnOfRpiw } from "./rpiw/learn-of-rpiw.ts";

/** The consumer's name is for ever: under another it would get every fact again. */
export const rpiwDetailConsumer = "production-system.rpiw-detail";

/** Listens for RPIWs that Organisations makes, and tells of their phases; nothing where there is no bus. */
export async function startBackground({ orm, environment, logger }: RunningParts): Promise<readonly Background[]> {
  const { BUS_DATABASE_URL, DATABASE_URL } = environment;
  if (BUS_DATABASE_URL === undefined) return [];
  const bus = openBus({ databaseUrl: BUS_DATABASE_URL, logger });
  const relay = startRelay({ databaseUrl: DATABASE_URL, schema: "production_system", bus, logger });
  const consumer = startConsumer({
    bus,
    name: rpiwDetailConsumer,
    facts: [supportRequestAccepted, workItemRegistered],
    transaction: (work) => transact(orm.em, systemViewer(rpiwDetailConsumer), new Date(), ({ em }) => work(em)),
    handle: learnOfRpiw,
    logger,
  });
  return [
    {
      stop: async () => {
        await Promise.all([relay.stop(), consumer.stop()]);
        await bus.stop();
      },
    },
  ];
}
