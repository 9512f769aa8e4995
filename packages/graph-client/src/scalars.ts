/** What the graph's own scalars are in a program, in inputs and outputs alike: what JSON carries. `ID` is a string. */
export interface Scalars {
  /** A day, `2026-11-23`. */
  readonly Date: string;
  /** An instant in UTC, `2026-11-23T09:00:00.000Z`; `new Date(text)` reads it. */
  readonly DateTime: string;
  /** A whole number up to 2^53 - 1: pence, sums. */
  readonly SafeInt: number;
}
