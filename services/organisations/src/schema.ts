import { defineSubgraph } from "@clic/subgraph-kit";
import { accountSlice } from "./account/account.resolvers.ts";
import { assessmentSlice } from "./assessment/assessment.resolvers.ts";
import { budgetSlice } from "./budget/budget.resolvers.ts";
import { budgetCommitmentSlice } from "./budget-commitment/budget-commitment.resolvers.ts";
import { criteriaSetSlice } from "./criteria-set/criteria-set.resolvers.ts";
import { importRunSlice } from "./import-run/import-run.resolvers.ts";
import { membershipSlice } from "./membership/membership.resolvers.ts";
import { nodeSlice } from "./node/node.resolvers.ts";
import { orm } from "./orm.config.ts";
import { organisationSlice } from "./organisation/organisation.resolvers.ts";
import { organisationFhirSlice } from "./organisation-fhir/organisation-fhir.slice.ts";
import { organisationHistorySlice } from "./organisation-history/organisation-history.resolvers.ts";
import { personSlice } from "./person/person.resolvers.ts";
import { prioritySlice } from "./priority/priority.resolvers.ts";
import { secondmentSlice } from "./secondment/secondment.resolvers.ts";
import { supportRequestSlice } from "./support-request/support-request.resolvers.ts";
import { workItemSlice } from "./work-item/work-item.resolvers.ts";
import { workstreamSlice } from "./workstream/workstream.resolvers.ts";

const slices = [
  organisationSlice,
  organisationHistorySlice,
  organisationFhirSlice,
  importRunSlice,
  personSlice,
  membershipSlice,
  secondmentSlice,
  accountSlice,
  workstreamSlice,
  prioritySlice,
  workItemSlice,
  supportRequestSlice,
  criteriaSetSlice,
  assessmentSlice,
  budgetSlice,
  budgetCommitmentSlice,
];

export const subgraph = defineSubgraph({
  name: "organisations",
  orm,
  directory: import.meta.dirname,
  slices: [...slices, nodeSlice(slices)],
});
