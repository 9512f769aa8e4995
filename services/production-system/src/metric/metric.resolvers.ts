import { type GraphContext, listRows, mutate, type Slice } from "@clic/subgraph-kit";
import { dayOf } from "../calendar/day.rules.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import type { Checkpoint } from "../reading/checkpoint.rules.ts";
import { valueAt } from "../reading/reading.loaders.ts";
import { rpiwReference } from "../rpiw/refer-to-rpiw.ts";
import { mayReadMeasures } from "../rpiw/rpiw.rules.ts";
import { defineMetric } from "./define-metric.ts";
import { type MetricRow, metrics } from "./metric.entity.ts";
import { metricList } from "./metric.list.ts";
import { metricRefusals } from "./metric.refusals.ts";
import { hasHeld, meetsTarget, percentChange } from "./metric.rules.ts";
import { recordBaseline } from "./record-baseline.ts";
import { setMetricTarget } from "./set-metric-target.ts";

const metAt = async (context: GraphContext, metric: MetricRow, checkpoint: Checkpoint): Promise<boolean | null> =>
  meetsTarget(metric, await valueAt(context, metric.id, checkpoint));

const resolvers: Resolvers = {
  Query: { metrics: (_, args, context) => listRows(context, metricList, args) },
  Rpiw: {
    metrics: ({ id, source }, _, context) =>
      source !== null && mayReadMeasures(context.viewer) ? metrics.manyBy(context, "rpiwId", id, "name") : null,
  },
  Metric: {
    __resolveReference: ({ id }, context) => metrics.byId(context, id),
    percentChange: async ({ id, baseline }, { at }, context) => percentChange(baseline, await valueAt(context, id, at)),
    targetMet: (metric, { at }, context) => metAt(context, metric, at),
    held: async (metric, _, context) =>
      hasHeld(...(await Promise.all([metAt(context, metric, "REPORT_OUT"), metAt(context, metric, "DAY_90")]))),
    rpiw: ({ rpiwId }, _, context) => rpiwReference(context, rpiwId),
  },
  Mutation: {
    defineMetric: (_, { input }, context) => mutate(context, metrics, (useCase) => defineMetric(useCase, input)),
    setMetricTarget: (_, { input }, context) => mutate(context, metrics, (useCase) => setMetricTarget(useCase, input)),
    recordBaseline: (_, { input }, context) =>
      mutate(context, metrics, (useCase) => recordBaseline(useCase, { ...input, takenOn: dayOf(input.takenOn) })),
  },
};

export const metricSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [metricList],
  refusals: metricRefusals,
};
