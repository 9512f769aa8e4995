import { defineSubgraph } from "@clic/subgraph-kit";
import { completionSlice } from "./completion/completion.resolvers.ts";
import { complianceSlice } from "./compliance/compliance.resolvers.ts";
import { courseSlice } from "./course/course.resolvers.ts";
import { eventSlice } from "./event/event.resolvers.ts";
import { learningInitiativeSlice } from "./learning-initiative/learning-initiative.resolvers.ts";
import { organisationSlice } from "./organisation/organisation.resolvers.ts";
import { orm } from "./orm.config.ts";
import { personSlice } from "./person/person.resolvers.ts";
import { requirementSlice } from "./requirement/requirement.resolvers.ts";
import { rollOutSlice } from "./roll-out/roll-out.resolvers.ts";
import { standardAdoptionSlice } from "./standard-adoption/standard-adoption.resolvers.ts";
import { standardSlice } from "./standard/standard.resolvers.ts";
import { workstreamSlice } from "./workstream/workstream.resolvers.ts";

export const subgraph = defineSubgraph({
  name: "education-learning",
  orm,
  directory: import.meta.dirname,
  slices: [
    courseSlice,
    completionSlice,
    requirementSlice,
    complianceSlice,
    rollOutSlice,
    standardSlice,
    standardAdoptionSlice,
    learningInitiativeSlice,
    eventSlice,
    workstreamSlice,
    organisationSlice,
    personSlice,
  ],
});
