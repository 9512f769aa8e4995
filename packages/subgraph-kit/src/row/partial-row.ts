/** Makes rows that lack properties. */
export type RowShape = new () => Record<string, unknown>;

/** Rows that throw when somebody takes a property that was not read: it must not pass for one without a value. */
export function partialRow(type: string, missing: readonly string[]): RowShape {
  class PartialRow {
    [property: string]: unknown;
  }
  for (const name of missing)
    Object.defineProperty(PartialRow.prototype, name, {
      get: () => {
        throw new Error(`${type}.${name} was not read. Which resolver takes it? Its list must say so under needs.`);
      },
    });
  return PartialRow;
}
