import { listRows, mutate, type Slice } from "@clic/subgraph-kit";
import { dayOf } from "../calendar/day.rules.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { abandonRpiw } from "./abandon-rpiw.ts";
import { charterRpiw } from "./charter-rpiw.ts";
import { closeRpiw } from "./close-rpiw.ts";
import { person } from "./refer-to-person.ts";
import { reportOut } from "./report-out.ts";
import { phaseChanges, rpiws } from "./rpiw.entity.ts";
import { rpiwList } from "./rpiw.list.ts";
import { rpiwReference } from "./refer-to-rpiw.ts";
import { rpiwRefusals } from "./rpiw.refusals.ts";
import { mayReadMeasures, mayReadPeople } from "./rpiw.rules.ts";
import { startWorkshop } from "./start-workshop.ts";

const resolvers: Resolvers = {
  Query: {
    rpiw: (_, { id }, context) => rpiws.byId(context, id),
    rpiws: (_, args, context) => listRows(context, rpiwList, args),
  },
  Rpiw: {
    __resolveReference: ({ id }, context) => rpiwReference(context, id),
    sponsor: ({ sponsorId }, _, { viewer }) => person(viewer, sponsorId),
    processOwner: ({ processOwnerId }, _, { viewer }) => person(viewer, processOwnerId),
    phaseHistory: ({ id, source }, _, context) =>
      source !== null && mayReadMeasures(context.viewer)
        ? phaseChanges.manyBy(context, "rpiwId", id, "changedAt")
        : null,
    deliverySource: ({ source }) => source,
  },
  RpiwPhaseChange: {
    reason: ({ reason }, _, { viewer }) => (mayReadPeople(viewer) ? reason : null),
  },
  Mutation: {
    charterRpiw: (_, { input }, context) => mutate(context, rpiws, (useCase) => charterRpiw(useCase, input)),
    startWorkshop: (_, { input: { rpiwId, startsOn, endsOn } }, context) => {
      const days = { startsOn: dayOf(startsOn), endsOn: endsOn ? dayOf(endsOn) : null };
      return mutate(context, rpiws, (useCase) => startWorkshop(useCase, { rpiwId, ...days }));
    },
    reportOut: (_, { input: { rpiwId, on } }, context) =>
      mutate(context, rpiws, (useCase) => reportOut(useCase, { rpiwId, on: dayOf(on) })),
    closeRpiw: (_, { input }, context) => mutate(context, rpiws, (useCase) => closeRpiw(useCase, input)),
    abandonRpiw: (_, { input }, context) => mutate(context, rpiws, (useCase) => abandonRpiw(useCase, input)),
  },
};

export const rpiwSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [rpiwList],
  refusals: rpiwRefusals,
};
