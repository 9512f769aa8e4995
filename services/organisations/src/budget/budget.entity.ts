import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";
import type { StrategyKey } from "../work-item/work-item.rules.ts";
import { budgetSight, type BudgetStatus } from "./budget.rules.ts";

export const BudgetEntity = defineEntity({
  name: "Budget",
  tableName: "budget",
  schema: "organisations",
  properties: {
    id: p.type(idOf("Budget")).primary(),
    /** The year in which it begins: 2026 is 1 April 2026 to 31 March 2027. */
    financialYear: p.integer(),
    title: p.text(),
    status: p.text().$type<BudgetStatus>().default("DRAFT"),
    approvedAt: p.datetime().columnType("timestamptz(3)").nullable(),
    closedAt: p.datetime().columnType("timestamptz(3)").nullable(),
    source: p.text().$type<Source>(),
  },
});

/** Of its amounts only `draftedPence` is ever written here: the database keeps the others. */
export const BudgetLineEntity = defineEntity({
  name: "BudgetLine",
  tableName: "budget_line",
  schema: "organisations",
  properties: {
    id: p.type(idOf("BudgetLine")).primary(),
    budgetId: p.type(idOf("Budget")),
    code: p.text(),
    title: p.text(),
    strategy: p.text().$type<StrategyKey>().nullable(),
    draftedPence: p.bigint("number"),
    allocatedPence: p.bigint("number").default(0),
    committedPence: p.bigint("number").default(0),
    spentPence: p.bigint("number").default(0),
    availablePence: p.bigint("number").default(0),
    source: p.text().$type<Source>(),
  },
});

export const VirementEntity = defineEntity({
  name: "Virement",
  tableName: "virement",
  schema: "organisations",
  properties: {
    id: p.type(idOf("Virement")).primary(),
    fromLineId: p.type(idOf("BudgetLine")),
    toLineId: p.type(idOf("BudgetLine")),
    amountPence: p.bigint("number"),
    reason: p.text(),
    madeById: p.type(idOf("Person")).nullable(),
    madeAt: p.datetime().columnType("timestamptz(3)"),
    source: p.text().$type<Source>(),
  },
});

export type BudgetRow = Row<InferEntity<typeof BudgetEntity>>;
export type BudgetLineRow = Row<InferEntity<typeof BudgetLineEntity>>;
export type VirementRow = Row<InferEntity<typeof VirementEntity>>;
export const budgets = defineRows(BudgetEntity, { type: "Budget", sight: budgetSight });
export const budgetLines = defineRows(BudgetLineEntity, { type: "BudgetLine", sight: budgetSight });
export const virements = defineRows(VirementEntity, { type: "Virement", sight: budgetSight });
