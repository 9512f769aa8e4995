/** A query that must run as it stands, and what its head says of it. */
export interface AcceptanceQuery {
  /** The development user it runs as; null: nobody is signed in. */
  readonly as: string | null;
  readonly text: string;
  /** Paths, and how many values that are not null must be there at least. */
  readonly expectations: readonly { readonly path: string; readonly atLeast: number }[];
}

/** Reads the head (`# as:`, `# expect: PATH N`). Throws when it expects nothing: such a query would prove nothing. */
export function readAcceptanceQuery(text: string): AcceptanceQuery {
  const as = /^# as: (\w+)$/m.exec(text)?.[1];
  const expectations = [...text.matchAll(/^# expect: (\S+) (\d+)$/gm)].map(([, path, count]) => ({
    path: path as string,
    atLeast: Number(count),
  }));
  if (as === undefined || expectations.length === 0)
    throw new Error("An acceptance query names its role and expects something.");
  return { as: as === "anonymous" ? null : as, text, expectations };
}

/** How many values at a path are not null; `*` is each element of a list, and a list at the end counts its elements. */
export function countValues(data: unknown, path: string): number {
  const values = path
    .split(".")
    .reduce<unknown[]>(
      (found, step) =>
        found.flatMap((value) =>
          step === "*" ? (Array.isArray(value) ? (value as unknown[]) : []) : [property(value, step)],
        ),
      [data],
    );
  return values.flat().filter((value) => value !== null && value !== undefined).length;
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
