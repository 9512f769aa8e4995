import { openBus, startConsumer, startRelay, supportRequestAccepted, workItemRegistered } from "@clic/bus";
import { systemViewer } from "@clic/identity";
import { type Background, type RunningParts, transact } from "@clic/subgraph-kit";
import { learnOfImprovementProject } from "./improvement-project/learn-of-improvement-project.ts";
import { learnOfRpiw } from "./rpiw/learn-of-rpiw.ts";

/** The consumers' names are for ever: under another one would get every fact again. */
export const rpiwDetailConsumer = "production-system.rpiw-detail";
export const improvementProjectConsumer = "production-system.improvement-project-detail";

/** Listens for RPIWs and improvement projects that Organisations makes, and tells of their phases; nothing where there is no bus. */
export async function startBackground({ orm, environment, logger }: RunningParts): Promise<readonly Background[]> {
  const { BUS_DATABASE_URL, DATABASE_URL } = environment;
  if (BUS_DATABASE_URL === undefined) return [];
  const bus = openBus({ databaseUrl: BUS_DATABASE_URL, logger });
  const relay = startRelay({ databaseUrl: DATABASE_URL, schema: "production_system", bus, logger });
  const consumers = [
    { name: rpiwDetailConsumer, handle: learnOfRpiw },
    { name: improvementProjectConsumer, handle: learnOfImprovementProject },
  ].map(({ name, handle }) =>
    startConsumer({
      bus,
      name,
      facts: [supportRequestAccepted, workItemRegistered],
      transaction: (work) => transact(orm.em, systemViewer(name), new Date(), ({ em }) => work(em)),
      handle,
      logger,
    }),
  );
  return [
    {
      stop: async () => {
        await Promise.all([relay, ...consumers].map((part) => part.stop()));
        await bus.stop();
      },
    },
  ];
}
