import { openBus, startConsumer, supportRequestAccepted, workItemRegistered } from "@clic/bus";
import { systemViewer } from "@clic/identity";
import { type Background, type RunningParts, transact } from "@clic/subgraph-kit";
import { learnOfLeadershipInitiative } from "./leadership-initiative/learn-of-leadership-initiative.ts";

/** The consumer's name is for ever: under another it would get every fact again. */
export const leadershipInitiativeConsumer = "leadership.leadership-initiative-detail";

/** Listens for leadership initiatives that Organisations makes; nothing where there is no bus. */
export async function startBackground({ orm, environment, logger }: RunningParts): Promise<readonly Background[]> {
  const { BUS_DATABASE_URL } = environment;
  if (BUS_DATABASE_URL === undefined) return [];
  const bus = openBus({ databaseUrl: BUS_DATABASE_URL, logger });
  const consumer = startConsumer({
    bus,
    name: leadershipInitiativeConsumer,
    facts: [supportRequestAccepted, workItemRegistered],
    transaction: (work) =>
      transact(orm.em, systemViewer(leadershipInitiativeConsumer), new Date(), ({ em }) => work(em)),
    handle: learnOfLeadershipInitiative,
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
