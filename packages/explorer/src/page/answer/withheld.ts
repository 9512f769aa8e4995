import { isRefusal, type Refusal, type ResponseError, sortErrors, withheldFields } from "@clic/graph-client";
import { type GraphQLSchema, parse, TypeInfo, visit, visitWithTypeInfo } from "graphql";

/** Something that whoever asked didn't get, and why. */
export interface Withheld {
  /** Where, without the places in lists: `bookings.nodes.person`; empty when it is the whole request. */
  readonly field: string;
  /** For a person. */
  readonly why: string;
  /** Of the error or refusal; null where there is none. */
  readonly code: string | null;
  /** How many values of the answer it concerns. */
  readonly count: number;
}

type Path = readonly (string | number)[];

/** Refusals that another person would not have met. */
const refusalsByViewer: ReadonlySet<string> = new Set(["NOT_ALLOWED"]);

/** A path without its places in lists. */
export function fieldOf(path: Path): string {
  return path.filter((step) => typeof step === "string").join(".");
}

/**
 * What an answer withholds, each field and reason once: what errors say so, refusals for who asked, `suppressed` flags, and
 * nulls of fields whose descriptions in the schema speak of withholding. Pure.
 */
export function findWithheld(
  answer: { readonly data?: unknown; readonly errors?: readonly ResponseError[] },
  query: string,
  schema: GraphQLSchema | null,
): readonly Withheld[] {
  const byError = withheldFields(answer.errors).map(({ message, ...rest }) => ({ ...rest, why: message }));
  const byIdentity = sortErrors(answer.errors).identity.map(({ field, code, message }) => ({
    field,
    code,
    why: message,
    count: 1,
  }));
  const silent = schema === null ? new Map<string, string>() : describedAsWithheld(query, schema);
  const found = new Map<string, Withheld>();
  const add = (field: string, why: string, code: string | null): void => {
    const key = JSON.stringify([field, why]);
    found.set(key, { field, why, code, count: (found.get(key)?.count ?? 0) + 1 });
  };
  const explained = new Set(byError.map(({ field }) => field));
  walk(answer.data, [], (path, value) => {
    const field = fieldOf(path);
    if (value === true && /suppressed$/i.test(field))
      add(field, "Numbers beside this are withheld: a count of so few people could tell who they are.", null);
    if (isRefusal(value)) {
      const { code, message } = value as Refusal;
      if (refusalsByViewer.has(code)) add(field, message, code);
    }
    const why = value === null && !explained.has(field) ? silent.get(field) : undefined;
    if (why !== undefined) add(field, why, null);
  });
  return [...byIdentity, ...byError, ...found.values()];
}

/** The fields of an operation, by their place in the answer, whose descriptions speak of withholding. */
function describedAsWithheld(query: string, schema: GraphQLSchema): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const path: string[] = [];
  const info = new TypeInfo(schema);
  const enter = (step: string): void => {
    path.push(step);
    const description = info.getFieldDef()?.description ?? "";
    if (/withheld|suppress/i.test(description)) found.set(path.join("."), description.replaceAll(/\s+/g, " "));
  };
  const visitor = visitWithTypeInfo(info, {
    Field: { enter: ({ alias, name }) => enter((alias ?? name).value), leave: () => void path.pop() },
    // Where a named fragment is spread isn't known here, so its fields would be found in the wrong place.
    FragmentDefinition: () => false,
  });
  try {
    visit(parse(query), visitor);
  } catch {
    // It does not parse, and the answer itself says so.
  }
  return found;
}

function walk(value: unknown, path: Path, visitor: (path: Path, value: unknown) => void): void {
  visitor(path, value);
  if (typeof value !== "object" || value === null) return;
  const entries: Iterable<readonly [string | number, unknown]> = Array.isArray(value)
    ? value.entries()
    : Object.entries(value);
  for (const [step, inner] of entries) walk(inner, [...path, step], visitor);
}
