import { membershipChanged, openBus, startConsumer, supportRequestAccepted, workItemRegistered } from "@clic/bus";
import { systemViewer } from "@clic/identity";
import { type Background, type RunningParts, transact } from "@clic/subgraph-kit";
import { learnOfLearningInitiative } from "./learning-initiative/learn-of-learning-initiative.ts";
import { learnOfMembership } from "./membership/learn-of-membership.ts";

/** The consumers' names are for ever: under another one would get every fact again. */
export const membershipConsumer = "education-learning.memberships";
export const learningInitiativeConsumer = "education-learning.learning-initiative-detail";

/** Listens for who belongs to which organisation, and for learning initiatives that Organisations makes; nothing where there is no bus. */
export async function startBackground({ orm, environment, logger }: RunningParts): Promise<readonly Background[]> {
  const { BUS_DATABASE_URL } = environment;
  if (BUS_DATABASE_URL === undefined) return [];
  const bus = openBus({ databaseUrl: BUS_DATABASE_URL, logger });
  const memberships = startConsumer({
    bus,
    name: membershipConsumer,
    facts: [membershipChanged],
    transaction: (work) => transact(orm.em, systemViewer(membershipConsumer), new Date(), ({ em }) => work(em)),
    handle: learnOfMembership,
    logger,
  });
  const learningInitiatives = startConsumer({
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
        await Promise.all([memberships.stop(), learningInitiatives.stop()]);
        await bus.stop();
      },
    },
  ];
}
