import { invalid, notSupported } from "./operation-outcome.rules.ts";
import { odsSystem } from "./organization.rules.ts";
import { fold, readToken, splitAt, unescape } from "./search-values.rules.ts";

/** One condition of a search: any of its alternatives. */
export type Condition =
  | { readonly column: "organisation_id" | "parent_id"; readonly ids: readonly string[] }
  | { readonly column: "ods_code"; readonly codes: readonly string[]; readonly any: boolean }
  | { readonly column: "parent_code"; readonly codes: readonly string[]; readonly any: boolean }
  | { readonly column: "name"; readonly how: "starts" | "contains" | "exact"; readonly texts: readonly string[] }
  | { readonly column: "status"; readonly statuses: readonly string[] }
  | { readonly column: MissingColumn; readonly missing: boolean };
type MissingColumn = "ods_code" | "parent_id" | "name" | "status";

export interface Search {
  readonly conditions: readonly Condition[];
  readonly count: number;
  readonly onlyCount: boolean;
  readonly withTotal: boolean;
  /** Where a page begins, as a link of an earlier one says. */
  readonly cursor: string | null;
  /** What was asked and is taken into account, for the link `self`. */
  readonly used: readonly (readonly [string, string])[];
  /** Names of parameters that are not known here. */
  readonly ignored: readonly string[];
}

export const defaultCount = 20;
export const largestCount = 100;
const mostValues = 500;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** What has to do with how an answer is written, and not with what it says. */
const presentation = new Set(["_format", "_pretty"]);

/** Reads the parameters of a search. Throws FhirProblem for a value or a modifier that is wrong; unknown names are told. Pure. */
export function readSearch(parameters: readonly (readonly [string, string])[], base: string): Search {
  const conditions: Condition[] = [];
  const used: (readonly [string, string])[] = [];
  const ignored: string[] = [];
  let [count, onlyCount, withTotal, cursor] = [defaultCount, false, true, null as string | null];
  for (const [name, value] of parameters) {
    if (presentation.has(name)) continue;
    if (value.includes("\0")) throw invalid(`${name} has a NUL in it.`);
    const condition = readCondition(name, value, base);
    if (condition !== null) conditions.push(condition);
    else if (name === "_count") count = readCount(value);
    else if (name === "_cursor") cursor = value;
    else if (name === "_summary" && value === "count") onlyCount = true;
    else if (name === "_total" && ["none", "estimate", "accurate"].includes(value)) withTotal = value !== "none";
    else {
      ignored.push(name);
      continue;
    }
    if (name !== "_cursor") used.push([name, value]);
  }
  return { conditions, count, onlyCount: onlyCount || count === 0, withTotal, cursor, used, ignored };
}

export function readCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw invalid("_count is a whole number.");
  return Math.min(Number(value), largestCount);
}

/** Null where the name is no parameter that selects. */
function readCondition(given: string, value: string, base: string): Condition | null {
  const colon = given.indexOf(":");
  const name = colon === -1 ? given : given.slice(0, colon);
  const modifier = colon === -1 ? null : given.slice(colon + 1);
  const missing = { identifier: "ods_code", partof: "parent_id", name: "name", active: "status" } as const;
  if (modifier === "missing" && Object.hasOwn(missing, name)) {
    if (value !== "true" && value !== "false") throw invalid(`${given} is true or false.`);
    return { column: missing[name as keyof typeof missing], missing: value === "true" };
  }
  const values = splitAt(value, ",");
  if (values.length > mostValues) throw invalid(`${given} has at most ${mostValues} values.`);
  if (values.includes("")) throw invalid(`${given} has an empty value: leave it out, or use ${name}:missing.`);
  switch (name) {
    case "_id":
      refuseModifier(given, modifier);
      return { column: "organisation_id", ids: values.map(unescape).filter((id) => uuid.test(id)) };
    case "identifier":
      refuseModifier(given, modifier);
      return { column: "ods_code", ...readIdentifiers(values) };
    case "name":
      return readName(given, modifier, values.map(unescape));
    case "active":
      refuseModifier(given, modifier);
      return { column: "status", statuses: values.flatMap(readActive) };
    case "partof":
      if (modifier === "identifier") return { column: "parent_code", ...readIdentifiers(values) };
      refuseModifier(given, modifier === "Organization" ? null : modifier);
      return { column: "parent_id", ids: values.map(unescape).flatMap((reference) => readReference(reference, base)) };
    default:
      return null;
  }
}

function refuseModifier(given: string, modifier: string | null): void {
  if (modifier !== null) throw notSupported(`${given}: this modifier is not supported here.`);
}

function readIdentifiers(values: readonly string[]): { codes: readonly string[]; any: boolean } {
  const tokens = values.map(readToken).filter(({ system }) => system === null || system === odsSystem);
  return {
    codes: tokens.flatMap(({ code }) => (code === "" ? [] : [code])),
    any: tokens.some(({ system, code }) => system !== null && code === ""),
  };
}

function readName(given: string, modifier: string | null, texts: readonly string[]): Condition {
  if (modifier === "exact") return { column: "name", how: "exact", texts };
  if (modifier === "contains") return { column: "name", how: "contains", texts: texts.map(fold) };
  refuseModifier(given, modifier);
  return { column: "name", how: "starts", texts: texts.map(fold) };
}

function readActive(value: string): string[] {
  const { code } = readToken(value);
  if (code === "true") return ["ACTIVE"];
  if (code === "false") return ["PROPOSED", "INACTIVE"];
  throw invalid("active is true or false.");
}

function readReference(reference: string, base: string): string[] {
  const relative = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
  const id = relative.startsWith("Organization/") ? relative.slice("Organization/".length) : relative;
  return uuid.test(id) ? [id] : [];
}
