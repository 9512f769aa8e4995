import { type DocumentNode, parse } from "graphql";
import { LRUCache } from "lru-cache";
import { aliases } from "./aliases.ts";
import { refuseCharacters } from "./characters.ts";
import { depth } from "./depth.ts";
import { directives } from "./directives.ts";
import type { DocumentLimit, Refusal } from "./limit.ts";
import { operations } from "./operations.ts";
import { overlaps } from "./overlaps.ts";
import { rootFields } from "./root-fields.ts";
import { selections } from "./selections.ts";
import { refuseTokens } from "./tokens.ts";
import { variables } from "./variables.ts";

/** In the order in which they are looked at. */
const documentLimits = { operations, variables, depth, selections, rootFields, aliases, directives, overlaps };

/** The most of each that a document may have; undefined lets any amount pass. */
export type OperationLimits = {
  readonly [Name in keyof typeof documentLimits | "characters" | "tokens"]: number | undefined;
};

export type OperationLimitCode =
  | (typeof documentLimits)[keyof typeof documentLimits]["code"]
  | "DOCUMENT_TOO_LONG"
  | "TOO_MANY_TOKENS";

/** Every code that an operation can be refused with. */
export const operationLimitCodes: readonly OperationLimitCode[] = [
  "DOCUMENT_TOO_LONG",
  "TOO_MANY_TOKENS",
  ...Object.values(documentLimits).map(({ code }) => code),
];

/** Far above what people write, and cheap enough that all of it together is over within milliseconds. */
export const defaultOperationLimits: OperationLimits = {
  characters: 100_000,
  tokens: 2_000,
  operations: 20,
  variables: 100,
  depth: 20,
  selections: 2_000,
  rootFields: 50,
  aliases: 100,
  directives: 50,
  overlaps: 20_000,
};

/** Says why a document is refused, or undefined. Costs what the document is long, once a document. */
export type OperationCheck = (text: string) => Refusal<OperationLimitCode> | undefined;

const PASSED = "passed";
/** Characters of documents whose verdict is remembered. */
const REMEMBERED = 8 * 1024 * 1024;

/**
 * Makes a check of documents against the limits, to run before validation: validating is quadratic in what these limit.
 * What does not parse passes; the parser's own error says more.
 */
export function createOperationCheck(limits: OperationLimits): OperationCheck {
  const verdicts = new LRUCache<string, Refusal<OperationLimitCode> | typeof PASSED>({
    maxSize: REMEMBERED,
    sizeCalculation: (_verdict, text) => text.length + 100,
  });

  function judge(text: string): Refusal<OperationLimitCode> | undefined {
    const { characters = Infinity, tokens = Infinity } = limits;
    const unread = refuseCharacters(text, characters) ?? refuseTokens(text, tokens);
    if (unread) return unread;
    const document = parsed(text);
    return document && refuseDocument(document, limits);
  }

  return (text) => {
    const known = verdicts.get(text);
    if (known !== undefined) return known === PASSED ? undefined : known;
    const refusal = judge(text);
    verdicts.set(text, refusal ?? PASSED);
    return refusal;
  };
}

/** The first limit that a parsed document passes, or undefined. */
export function refuseDocument(
  document: DocumentNode,
  limits: OperationLimits,
): Refusal<OperationLimitCode> | undefined {
  for (const name of Object.keys(documentLimits) as (keyof typeof documentLimits)[]) {
    const { code, unit, measure }: DocumentLimit<OperationLimitCode> = documentLimits[name];
    const maximum = limits[name];
    if (maximum === undefined || measure(document) <= maximum) continue;
    const whose = name === "operations" ? "document" : "operation";
    return { code, message: `The ${whose} has more than ${maximum} ${unit}. Ask for less at once.` };
  }
  return undefined;
}

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return undefined;
  }
}
