import { seedId } from "@clic/seed-data";
import type { UseCase } from "@clic/subgraph-kit";
import { BudgetCommitmentEntity, BudgetPaymentEntity } from "../budget-commitment/budget-commitment.entity.ts";
import { BudgetEntity, BudgetLineEntity, VirementEntity } from "./budget.entity.ts";

const source = "DEMO" as const;
const id = seedId("Budget", "demo-budget-2026");
const at = new Date("2026-04-01T09:00:00Z");
const lines = [
  {
    code: "workshops",
    title: "Demonstration: improvement workshops",
    strategy: "PRODUCTION_SYSTEM",
    draftedPence: 4_500_000,
  },
  {
    code: "courses",
    title: "Demonstration: courses and e-learning",
    strategy: "EDUCATION_LEARNING",
    draftedPence: 6_000_000,
  },
  { code: "leadership", title: "Demonstration: leadership programme", strategy: "LEADERSHIP", draftedPence: 3_000_000 },
] as const;
const line = (code: (typeof lines)[number]["code"]): string => seedId("BudgetLine", `demo-budget-2026/${code}`);

/** A made-up year's budget with something of everything: its amounts come of its rows, as anybody's do. */
export async function loadDemonstrationBudget({ em }: UseCase): Promise<void> {
  if ((await em.count(BudgetEntity, { id })) > 0) return;
  await em.insert(BudgetEntity, { id, financialYear: 2026, title: "Demonstration budget", source });
  for (const one of lines) await em.insert(BudgetLineEntity, { ...one, id: line(one.code), budgetId: id, source });
  await em.nativeUpdate(BudgetEntity, { id }, { status: "APPROVED", approvedAt: at });
  const commitmentId = seedId("BudgetCommitment", "demo-commitment-1");
  await em.insert(BudgetCommitmentEntity, {
    id: commitmentId,
    lineId: line("workshops"),
    workItemId: seedId("Rpiw", "demo-rpiw-1"),
    description: "Demonstration: rooms for a workshop week",
    amountPence: 120_000,
    committedAt: at,
    source,
  });
  await em.insert(BudgetPaymentEntity, {
    id: seedId("BudgetPayment", "demo-payment-1"),
    commitmentId,
    amountPence: 45_000,
    paidOn: "2026-05-04",
    recordedAt: new Date("2026-05-04T10:00:00Z"),
    source,
  });
  await em.insert(VirementEntity, {
    id: seedId("Virement", "demo-virement-1"),
    fromLineId: line("courses"),
    toLineId: line("leadership"),
    amountPence: 500_000,
    reason: "Demonstration: a second cohort",
    madeAt: new Date("2026-06-01T10:00:00Z"),
    source,
  });
}
