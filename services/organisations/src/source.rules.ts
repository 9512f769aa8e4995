/** Where a row comes from. */
export type Source = "FOUNDING" | "DEMO" | "USER";

/** The source after somebody has edited the row: what the report states is then no longer its only source. */
export function editedSource(source: Source): Source {
  return source === "FOUNDING" ? "USER" : source;
}
