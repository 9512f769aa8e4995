import { defineSubgraph } from "@clic/subgraph-kit";
import { enrolmentSlice } from "./enrolment/enrolment.resolvers.ts";
import { leadershipInitiativeSlice } from "./leadership-initiative/leadership-initiative.resolvers.ts";
import { organisationSlice } from "./organisation/organisation.resolvers.ts";
import { orm } from "./orm.config.ts";
import { personSlice } from "./person/person.resolvers.ts";
import { programmeSlice } from "./programme/programme.resolvers.ts";

export const subgraph = defineSubgraph({
  name: "leadership",
  orm,
  directory: import.meta.dirname,
  slices: [programmeSlice, enrolmentSlice, leadershipInitiativeSlice, personSlice, organisationSlice],
});
