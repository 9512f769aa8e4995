import type { Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { latestReadings } from "../reading/reading.loaders.ts";
import { runChart } from "./run-chart.rules.ts";

const resolvers: Resolvers = {
  Metric: {
    runChart: async ({ id }, _, context) => {
      const readings = await latestReadings(context, id);
      return runChart(readings.map(({ takenOn, value }) => ({ on: takenOn, value })));
    },
  },
};

export const runChartSlice: Slice = { directory: import.meta.dirname, resolvers };
