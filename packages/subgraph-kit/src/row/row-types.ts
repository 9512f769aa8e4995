import { types } from "pg";

const parsers: Record<number, (text: string) => unknown> = {
  // Instants: "2026-06-01 09:30:00.000+00" is one slice away from RFC 3339; building a Date costs ten times that.
  [types.builtins.TIMESTAMPTZ]: (text) => `${text.slice(0, 10)}T${text.slice(11, -3)}Z`,
  [types.builtins.DATE]: (text) => text,
  // Pence and counts fit a double's 53 bits; the schema's CHECKs keep them there.
  [types.builtins.INT8]: Number,
  [types.builtins.NUMERIC]: Number,
};

/**
 * How a row's values of this type reach GraphQL: instants and dates as ISO text, numbers as numbers. Needs a session in
 * UTC, which the pool sets.
 */
export function rowParser(oid: number): (text: string) => unknown {
  return parsers[oid] ?? (types.getTypeParser(oid, "text") as (text: string) => unknown);
}
