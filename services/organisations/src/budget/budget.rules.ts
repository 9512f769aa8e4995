import { seenWith } from "@clic/subgraph-kit";

export type BudgetStatus = "DRAFT" | "APPROVED" | "CLOSED";
export type BudgetCommitmentStatus = "OPEN" | "SETTLED" | "RELEASED";

/** Who reads budgets and all that is in them. */
export const budgetSight = seenWith(["operations:read", "analysis:read", "request:assess", "request:sponsor"]);

/** What a budget may become. The README draws the same table. */
export const budgetTransitions: Readonly<Record<BudgetStatus, readonly BudgetStatus[]>> = {
  DRAFT: ["APPROVED"],
  APPROVED: ["CLOSED"],
  CLOSED: [],
};

/** Ten thousand million pounds, in pence: more is a slip. */
export const mostPence = 1_000_000_000_000;

/** What is wrong with an amount of pence, for a person; null when nothing is. */
export function problemWithPence(pence: number, least: 0 | 1 = 1): string | null {
  return Number.isInteger(pence) && pence >= least && pence <= mostPence
    ? null
    : `An amount is ${least} to ${mostPence.toLocaleString("en-GB")} pence.`;
}

/** What is wrong with a text, for a person; null when nothing is. */
export function problemWithText(name: string, text: string, most: number): string | null {
  const length = text.trim().length;
  return length < 1 || length > most ? `The ${name} needs 1 to ${most} characters.` : null;
}

/** What is wrong with a line's code, for a person; null when nothing is. */
export function problemWithCode(code: string): string | null {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(code) && code.length <= 50
    ? null
    : "A code is lower case: words of letters and digits, joined by hyphens, 50 characters at most.";
}

/** What is wrong with a financial year, for a person; null when nothing is. */
export function problemWithYear(year: number): string | null {
  return Number.isInteger(year) && year >= 2000 && year <= 2200
    ? null
    : "A financial year is the year in which it begins, 2000 to 2200.";
}

/** The days of a financial year (England's: 1 April to 31 March), as dates. */
export function daysOfYear(financialYear: number): { readonly startsOn: string; readonly endsOn: string } {
  return { startsOn: `${financialYear}-04-01`, endsOn: `${financialYear + 1}-03-31` };
}

/** Pence as a person reads them: £1,234.56. */
export function pounds(pence: number): string {
  return (pence / 100).toLocaleString("en-GB", { style: "currency", currency: "GBP" });
}
