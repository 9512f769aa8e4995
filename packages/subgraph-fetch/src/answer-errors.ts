import type { ObjectShape, ValueShape } from "./answer-shape.ts";
import type { Path } from "./answer-reader.ts";

/** What may be known of an error that a subgraph sent. Its message may say anything: whoever passes it on vouches for it. */
export interface AnswerError {
  readonly code: string | undefined;
  /** As far as it names places of the answer that were asked for. */
  readonly path: Path | undefined;
  readonly message: string;
  /** The subgraph's own id for it, when it looks like one. */
  readonly id: string | undefined;
}

/** An answer may hold a million errors; nobody reads so many, and each costs a line of log and a line of answer. */
const MOST_ERRORS = 100;

/** Takes code, path, id and message out of a subgraph's errors; stacks, bodies, queries and all else stay behind. */
export function readErrors(
  errors: readonly Readonly<Record<string, unknown>>[],
  shape: ObjectShape,
  entities: number,
): readonly AnswerError[] {
  return errors.slice(0, MOST_ERRORS).map((error) => {
    const extensions = (own(error, "extensions") ?? {}) as Record<string, unknown>;
    const code = own(extensions, "code");
    const id = own(extensions, "id");
    const message = own(error, "message");
    return {
      code: typeof code === "string" && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : undefined,
      path: knownPath(own(error, "path"), shape, entities),
      message: typeof message === "string" ? message : "",
      id: typeof id === "string" && /^[\w-]{1,64}$/.test(id) ? id : undefined,
    };
  });
}

/** The longest beginning of `path` that leads through what was asked for; undefined when not even its first part does. */
function knownPath(path: unknown, root: ObjectShape, entities: number): Path | undefined {
  if (!Array.isArray(path)) return undefined;
  const known: (string | number)[] = [];
  let shape: ValueShape | undefined = root;
  for (const part of path as unknown[]) {
    shape = shape && below(shape, part);
    if (!shape || (known.length === 1 && known[0] === "_entities" && (part as number) >= entities)) break;
    known.push(part as string | number);
  }
  return known.length > (known[0] === "_entities" ? 1 : 0) ? known : undefined;
}

function below(shape: ValueShape, part: unknown): ValueShape | undefined {
  if (shape.kind === "list") return Number.isSafeInteger(part) && (part as number) >= 0 ? shape.of : undefined;
  if (shape.kind === "leaf") return undefined;
  return shape.fieldsOf(undefined).find(({ key }) => key === part)?.value;
}

function own(object: unknown, key: string): unknown {
  if (typeof object !== "object" || object === null) return undefined;
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
}
