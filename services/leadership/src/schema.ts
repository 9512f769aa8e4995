import { defineSubgraph } from "@clic/subgraph-kit";
import { enrolmentSlice } from "./enrolment/enrolment.slice.ts";
import { leadershipInitiativeSlice } from "./leadership-initiative/leadership-initiative.slice.ts";
import { organisationSlice } from "./organisation/organisation.slice.ts";
import { orm } from "./orm.config.ts";
import { personSlice } from "./person/person.slice.ts";
import { programmeSlice } from "./programme/programme.slice.ts";

export const subgraph = defineSubgraph({
  name: "leadership",
  orm,
  directory: import.meta.dirname,
  slices: [programmeSlice, enrolmentSlice, leadershipInitiativeSlice, personSlice, organisationSlice],
});
