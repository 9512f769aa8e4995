/** A value that has to be looked up before an operation can run. */
export interface Find {
  /** Where it goes in the variables. */
  readonly path: readonly string[];
  /** Its first text is the value. */
  readonly query: string;
}

/** An operation that can be loaded and run as it stands. */
export interface Question {
  readonly title: string;
  /** Who asks; see askers. Null: whoever asks now. */
  readonly as: string | null;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly finds: readonly Find[];
}

/**
 * Reads a question from its file: the head is comments, the title first, then `# as: USER`, and where needed
 * `# variables: JSON` and `# find NAME: QUERY`. Throws when the title or who asks is missing.
 */
export function readQuestion(text: string): Question {
  const title = /^# (.+)\n/.exec(text)?.[1];
  const as = /^# as: (\w+)$/m.exec(text)?.[1];
  if (title === undefined || as === undefined) throw new Error("A question begins with its title and who asks it.");
  const variables = /^# variables: (.+)$/m.exec(text)?.[1] ?? "{}";
  return {
    title,
    as,
    query: text.replace(/^(#.*\n)+/, "").trim(),
    variables: JSON.parse(variables) as Record<string, unknown>,
    finds: [...text.matchAll(/^# find (\w+): (.+)$/gm)].map(([, name = "", query = ""]) => ({ path: [name], query })),
  };
}

/** Whether asking it changes something: then it is asked only when somebody says so. */
export function changesData({ query }: Question): boolean {
  return query.startsWith("mutation");
}

/** The variables with a found value put in its place; in a list the place is a number. */
export function withFound(
  variables: Readonly<Record<string, unknown>>,
  path: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  return put(variables, path, value) as Readonly<Record<string, unknown>>;
}

function put(container: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(container)) return container.with(Number(name), put(container[Number(name)], rest, value));
  const object = (container ?? {}) as Readonly<Record<string, unknown>>;
  return { ...object, [name]: put(object[name], rest, value) };
}
