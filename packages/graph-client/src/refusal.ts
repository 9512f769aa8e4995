import { refusalTypes } from "./generated/codes.ts";

type RefusalTypes = typeof refusalTypes;
/** The codes of all refusals that the graph had when this package was made. A newer graph may answer with others. */
export type RefusalCode = keyof RefusalTypes;
/** The GraphQL types that implement `UserError`. */
export type RefusalTypename = RefusalTypes[RefusalCode];

/** A refusal as an operation sees it that selects `... on UserError { code message }`. */
export interface Refusal {
  readonly __typename?: string;
  /** Stable and documented; switch on it. */
  readonly code: string;
  /** What happened and what to do, for a person: show it as it is. */
  readonly message: string;
}

/** The refusals among the members of a mutation's result. */
export type RefusalOf<Result> = Result extends
  | { readonly code: string; readonly message: string }
  | { readonly __typename: RefusalTypename }
  ? Result
  : never;

/** What a mutation's result is when it is no refusal. */
export type SuccessOf<Result> = Exclude<NonNullable<Result>, RefusalOf<Result>>;

/** The codes that a mutation's result can carry, by the `__typename` that the operation selects; without it, all. */
export type RefusalCodeOf<Result> =
  RefusalOf<Result> extends { readonly __typename: infer Typename }
    ? { [Code in RefusalCode]: RefusalTypes[Code] extends Typename ? Code : never }[RefusalCode]
    : RefusalCode;

const typenames: ReadonlySet<string> = new Set(Object.values(refusalTypes));

/**
 * Whether a mutation was refused; otherwise the result is the thing itself. Knows a refusal by its `__typename`, or by
 * `code` and `message` together, so a refusal that came after this package is one too. Null is none: then look in `errors`.
 */
export function isRefusal<Result>(result: Result): result is RefusalOf<Result> {
  if (typeof result !== "object" || result === null) return false;
  const { __typename, code, message } = result as Partial<Refusal>;
  if (__typename !== undefined && typenames.has(__typename)) return true;
  return typeof code === "string" && typeof message === "string";
}

/** Whether a mutation was refused for this reason. The operation selects `code`, or `__typename`. */
export function isRefusedAs<Result, Code extends RefusalCodeOf<Result>>(
  result: Result,
  code: Code,
): result is Result & RefusalOf<Result> & { readonly __typename: RefusalTypes[Code] } {
  if (!isRefusal(result)) return false;
  const { __typename, code: given } = result as Partial<Refusal>;
  return given === code || __typename === refusalTypes[code];
}

/**
 * Ends an exhaustive `switch` over a result: a member without a case is an error of types. At run time it gives what a
 * newer graph answered, so that its message can still be shown.
 */
export function unforeseen(rest: never): Refusal {
  const { __typename, code, message } = rest as Partial<Refusal>;
  return {
    ...(__typename !== undefined && { __typename }),
    code: code ?? "UNFORESEEN",
    message: message ?? `The graph answered with ${__typename ?? "something"} that this program does not know yet.`,
  };
}
