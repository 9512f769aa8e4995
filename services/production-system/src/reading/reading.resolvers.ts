import { listRows, listUnder, mutate, type Slice } from "@clic/subgraph-kit";
import { dayOf } from "../calendar/day.rules.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { metrics } from "../metric/metric.entity.ts";
import { readings } from "./reading.entity.ts";
import { readingList } from "./reading.list.ts";
import { readingRefusals } from "./reading.refusals.ts";
import { recordReading } from "./record-reading.ts";

const resolvers: Resolvers = {
  Query: { readings: (_, args, context) => listRows(context, readingList, args) },
  Metric: {
    readings: ({ id }, args, context) => listUnder(context, readingList, args, { property: "metricId" }, id),
  },
  Reading: {
    __resolveReference: ({ id }, context) => readings.byId(context, id),
    metric: ({ metricId }, _, context) => metrics.byId(context, metricId),
  },
  Mutation: {
    recordReading: (_, { input }, context) =>
      mutate(context, readings, (useCase) => recordReading(useCase, { ...input, takenOn: dayOf(input.takenOn) })),
  },
};

export const readingSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [readingList],
  refusals: readingRefusals,
};
