import { mayReadCountsOf } from "@clic/identity";
import { badInput, present, type Slice } from "@clic/subgraph-kit";
import { dayOf } from "../completion/completion.rules.ts";
import { courses } from "../course/course.entity.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { complianceOn } from "./compliance.loaders.ts";
import { shownCompliance } from "./compliance.rules.ts";

const resolvers: Resolvers = {
  Organisation: {
    compliance: async ({ id }, { asOf }, context) => {
      const day = dayOf(asOf ?? context.now);
      if (day.startsWith("0000")) throw badInput("There is no year 0.");
      if (!mayReadCountsOf(context.viewer, id)) return null;
      return (await complianceOn(context, id, day)).map((counts) => shownCompliance(context.viewer, counts));
    },
  },
  CourseCompliance: {
    course: ({ courseId }, _, context) => present(courses.byId(context, courseId)),
  },
};

export const complianceSlice: Slice = { directory: import.meta.dirname, resolvers };
