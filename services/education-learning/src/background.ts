import { openBus, startConsumer, supportRequestAccepted, workItemRegistered } from "@clic/bus";
import { systemViewer } from "@clic/identity";
import { type Background, type RunningParts, transact } from "@clic/subgraph-kit";
import { learnOfLearningInitiative } from "./learning-initiative/learn-of-learning-initiative.ts";

/** The consumer's name is for ever: under another it would get every fact again. */
export const learningInitiativeConsumer = "education-learning.learning-initiative-detail";

/** Listens for learning initiatives that Organisations makes; nothing where there is no bus. */
export async function startBackground({ orm, environment, logger }: RunningParts): Promise<readonly Background[]> {
  const { BUS_DATABASE_URL } = environment;
  if (BUS_DATABASE_URL === undefined) return [];
  const bus = openBus({ databaseUrl: BUS_DATABASE_URL, logger });
  const consumer = startConsumer({
    bus,
    name: learningInitiativeConsumer,
    facts: [supportRequestAccepted, workItemRegistered],
    transaction: (work) => transact(orm.em, systemViewer(learningInitiativeConsumer), new Date(), ({ em }) => work(em)),
    handle: learnOfLearningInitiative,
    logger,
  });
  return [
    {
      stop: async () => {
        await consumer.stop();
        await bus.stop();
      },
    },
  ];
}
