/** Collects a statement's parameters; `add` returns the placeholder, cast so that the text's meaning never varies. */
export class Parameters {
  readonly values: unknown[] = [];
  /** How many conditions they are for, as far as callers choose that. */
  conditions = 0;

  add(value: unknown, type: string): string {
    this.values.push(asText(value));
    return `$${this.values.length}::${type}`;
  }
}

// The driver writes Dates in the process's time zone; the schema's instants and dates are UTC.
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  return value instanceof Date ? value.toISOString() : value;
}
