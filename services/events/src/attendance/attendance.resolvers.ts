import { mayReadCountsOf } from "@clic/identity";
import { badInput, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { attendanceIn } from "./attendance.loaders.ts";
import { type Period, periodProblem, shownAttendance } from "./attendance.rules.ts";

const day = (date: Date | null | undefined): string | null => date?.toISOString().slice(0, 10) ?? null;

const resolvers: Resolvers = {
  Organisation: {
    attendance: async ({ id }, { from, to }, context) => {
      const period: Period = { from: day(from), to: day(to) };
      const problem = periodProblem(period);
      if (problem !== null) throw badInput(problem);
      if (!mayReadCountsOf(context.viewer, id)) return null;
      return shownAttendance(context.viewer, id, await attendanceIn(context, id, period));
    },
  },
};

export const attendanceSlice: Slice = { directory: import.meta.dirname, resolvers };
