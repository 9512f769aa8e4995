import { defineOrm } from "@clic/subgraph-kit";
import { migration as initial } from "../migrations/20261122-initial.ts";
import { migration as budget } from "../migrations/20261125-budget.ts";
import { migration as criteria } from "../migrations/20261126-criteria.ts";
import { migration as organisationHistory } from "../migrations/20261126-organisation-history.ts";
import { AccountEntity } from "./account/account.entity.ts";
import { AssessmentEntity, ModerationEntity, ScoreEntity } from "./assessment/assessment.entity.ts";
import { BudgetEntity, BudgetLineEntity, VirementEntity } from "./budget/budget.entity.ts";
import { BudgetCommitmentEntity, BudgetPaymentEntity } from "./budget-commitment/budget-commitment.entity.ts";
import { CriteriaSetEntity, CriterionEntity } from "./criteria-set/criteria-set.entity.ts";
import { ImportRefusalEntity, ImportRunEntity } from "./import-run/import-run.entity.ts";
import { MembershipEntity } from "./membership/membership.entity.ts";
import { OrganisationEntity } from "./organisation/organisation.entity.ts";
import { OrganisationVersionEntity } from "./organisation-history/organisation-version.entity.ts";
import { PersonEntity } from "./person/person.entity.ts";
import { PriorityEntity } from "./priority/priority.entity.ts";
import { SecondmentEntity } from "./secondment/secondment.entity.ts";
import { SupportRequestEntity } from "./support-request/support-request.entity.ts";
import { StatusChangeEntity } from "./work-item/status-change.entity.ts";
import { WorkItemEntity, WorkItemPriorityEntity, WorkItemWorkstreamEntity } from "./work-item/work-item.entity.ts";
import { WorkstreamEntity } from "./workstream/workstream.entity.ts";

export const orm = defineOrm({
  schema: "organisations",
  entities: [
    OrganisationEntity,
    OrganisationVersionEntity,
    ImportRunEntity,
    ImportRefusalEntity,
    PersonEntity,
    MembershipEntity,
    SecondmentEntity,
    AccountEntity,
    WorkstreamEntity,
    PriorityEntity,
    WorkItemEntity,
    WorkItemPriorityEntity,
    WorkItemWorkstreamEntity,
    StatusChangeEntity,
    SupportRequestEntity,
    AssessmentEntity,
    ScoreEntity,
    ModerationEntity,
    CriteriaSetEntity,
    CriterionEntity,
    BudgetEntity,
    BudgetLineEntity,
    BudgetCommitmentEntity,
    BudgetPaymentEntity,
    VirementEntity,
  ],
  migrations: [initial, budget, criteria, organisationHistory],
});
