/** A refusal as it goes into a result union: a plain object, because graphql-js rethrows `Error` instances. */
export interface Refusal<Type extends string = string, Code extends string = string> {
  readonly __typename: Type;
  readonly code: Code;
  readonly message: string;
}

interface RefusalDeclaration {
  /** The SDL type that implements UserError. */
  readonly type: string;
  /** For the catalogue: when it comes, what to do. */
  readonly meaning: string;
}

type Refusals<Table extends Record<string, RefusalDeclaration>> = {
  readonly [Code in keyof Table & string]: <Extra extends object = object>(
    message: string,
    extra?: Extra,
  ) => Refusal<Table[Code]["type"], Code> & Extra;
};

const catalogues = new WeakMap<object, Record<string, RefusalDeclaration>>();

/**
 * Declares a slice's refusals: one maker for each code, typed by its SDL type. The table is the public catalogue.
 */
export function defineRefusals<const Table extends Record<string, RefusalDeclaration>>(table: Table): Refusals<Table> {
  const makers = Object.fromEntries(
    Object.entries(table).map(([code, { type }]) => [
      code,
      (message: string, extra?: object) => ({ __typename: type, code, message, ...extra }),
    ]),
  ) as unknown as Refusals<Table>;
  catalogues.set(makers, table);
  return makers;
}

/** The declarations behind {@link defineRefusals}, by code. */
export function catalogueOf(refusals: object): Record<string, RefusalDeclaration> {
  return catalogues.get(refusals) ?? {};
}

/** The refusals that every mutation may have. */
export const commonRefusals = defineRefusals({
  NOT_FOUND: {
    type: "NotFound",
    meaning: "What the input names is not there, or the viewer may not know of it. Check the id.",
  },
  NOT_ALLOWED: { type: "NotAllowed", meaning: "The viewer may not do this. Sign in, or act in a role that may." },
  INVALID_INPUT: {
    type: "InvalidInput",
    meaning: "The input can't be used as it is. The message says what to change.",
  },
});

/** Whether a use case's result is a refusal. */
export function isRefusal(result: object): result is Refusal {
  return "code" in result && "message" in result && "__typename" in result;
}
