import { membershipChanged, openBus, startConsumer } from "@clic/bus";
import { systemViewer } from "@clic/identity";
import { type Background, type RunningParts, transact } from "@clic/subgraph-kit";
import { learnOfMembership } from "./membership/learn-of-membership.ts";

/** The consumer's name is for ever: under another it would get every fact again. */
export const membershipConsumer = "education-learning.memberships";

/** Listens for who belongs to which organisation; nothing where there is no bus. */
export async function startBackground({ orm, environment, logger }: RunningParts): Promise<readonly Background[]> {
  const { BUS_DATABASE_URL } = environment;
  if (BUS_DATABASE_URL === undefined) return [];
  const bus = openBus({ databaseUrl: BUS_DATABASE_URL, logger });
  const consumer = startConsumer({
    bus,
    name: membershipConsumer,
    facts: [membershipChanged],
    transaction: (work) => transact(orm.em, systemViewer(membershipConsumer), new Date(), ({ em }) => work(em)),
    handle: learnOfMembership,
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
