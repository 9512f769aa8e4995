/** One value of an answer in a table. */
export interface Cell {
  /** A line each; several only for lists inside a row. */
  readonly lines: readonly string[];
  /** Where the value is in the answer. */
  readonly path: readonly (string | number)[];
  readonly isNull: boolean;
  readonly isNumber: boolean;
}

/** A value that stands beside the rows, such as `totalCount`. */
export interface Fact {
  readonly name: string;
  readonly cell: Cell;
}

export interface Table {
  /** What its rows are, as in `workstream › courses`; the root field's name first. */
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

type Path = readonly (string | number)[];
type Row = Map<string, Cell>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * An answer as tables. A list is a table with a row for each element, a connection one with a row for each node and what it
 * says beside them as facts; what another object has beside its lists is a table of one row. Single objects inside a row become dotted columns; lists inside a row
 * become lines of one cell. Pure; the order is the answer's own.
 */
export function tablesOf(data: unknown): readonly Table[] {
  if (!isObject(data)) return [];
  const single = new Map<string, unknown>();
  const tables = Object.entries(data).flatMap(([name, value]) => {
    if (isObject(value) || Array.isArray(value)) return tablesAt([name], [name], value);
    single.set(name, value);
    return [];
  });
  if (single.size === 0) return tables;
  return [tableOf([], [rowOf(Object.fromEntries(single), [])]), ...tables];
}

function tablesAt(title: readonly string[], path: Path, value: unknown): readonly Table[] {
  if (Array.isArray(value))
    return [
      tableOf(
        title,
        value.map((element, index) => rowOf(nodeOf(element), nodePath(element, [...path, index]))),
      ),
    ];
  if (!isObject(value)) return [];
  const lists: Table[] = [];
  const facts: Row = new Map();
  collect(value, path, "", (column, inner, innerPath) => {
    if (!Array.isArray(inner)) return void facts.set(column, cellOf(inner, innerPath));
    const steps = column.split(".").filter((step) => step !== "nodes" && step !== "edges");
    lists.push(...tablesAt([...title, ...steps.filter(Boolean)], innerPath, inner));
  });
  const [first, ...others] = lists;
  if (facts.size === 0) return lists;
  if (first?.title !== title.join(" › ")) return [tableOf(title, [facts]), ...lists];
  return [{ ...first, facts: [...facts].map(([name, cell]) => ({ name, cell })) }, ...others];
}

/** Every value that isn't an object, objects entered, with its dotted name. */
function collect(
  value: Readonly<Record<string, unknown>>,
  path: Path,
  prefix: string,
  found: (column: string, inner: unknown, path: Path) => void,
): void {
  for (const [name, inner] of Object.entries(value)) {
    const column = prefix === "" ? name : `${prefix}.${name}`;
    if (isObject(inner)) collect(inner, [...path, name], column, found);
    else found(column, inner, [...path, name]);
  }
}

function rowOf(value: unknown, path: Path): Row {
  const row: Row = new Map();
  if (!isObject(value)) return row.set("value", cellOf(value, path));
  for (const [name, inner] of Object.entries(value)) {
    const elements = elementsOf(inner);
    if (elements !== null) {
      row.set(name, cellOf(elements, [...path, name]));
      if (isObject(inner) && "totalCount" in inner)
        row.set(`${name}.totalCount`, cellOf(inner["totalCount"], [...path, name, "totalCount"]));
    } else if (isObject(inner)) {
      for (const [column, cell] of rowOf(inner, [...path, name])) row.set(`${name}.${column}`, cell);
    } else {
      row.set(name, cellOf(inner, [...path, name]));
    }
  }
  return row;
}

/** The elements of a list or of a connection; null for anything else. */
function elementsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as readonly unknown[];
  if (!isObject(value)) return null;
  const rows = value["nodes"] ?? value["edges"];
  return Array.isArray(rows) ? rows.map(nodeOf) : null;
}

function nodeOf(element: unknown): unknown {
  return isObject(element) && isObject(element["node"]) ? element["node"] : element;
}

function nodePath(element: unknown, path: Path): Path {
  return nodeOf(element) === element ? path : [...path, "node"];
}

function cellOf(value: unknown, path: Path): Cell {
  const lines = Array.isArray(value) ? value.map(lineOf) : [lineOf(value)];
  return { lines, path, isNull: value === null, isNumber: typeof value === "number" };
}

/** A value in one line: the leaves of an object side by side. */
function lineOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (!isObject(value) && !Array.isArray(value)) return typeof value === "string" ? value : JSON.stringify(value);
  return (elementsOf(value) ?? Object.values(value))
    .map(lineOf)
    .filter((text) => text !== "")
    .join(" · ");
}

const absent: Cell = { lines: [""], path: [], isNull: false, isNumber: false };

function tableOf(title: readonly string[], rows: readonly Row[]): Table {
  const named = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  // An object that is null in some rows has no column of its own beside those of its fields.
  const columns = named.filter((column) => !named.some((other) => other.startsWith(`${column}.`) && !isTotal(other)));
  const cellAt = (row: Row, column: string): Cell => row.get(column) ?? row.get(ownerOf(column, row)) ?? absent;
  return {
    title: title.join(" › "),
    facts: [],
    columns,
    rows: rows.map((row) => columns.map((column) => cellAt(row, column))),
  };
}

/** The number beside a list inside a row, whose own column stays. */
function isTotal(column: string): boolean {
  return column.endsWith(".totalCount");
}

/** The object, null in this row, that a dotted column is a field of. */
function ownerOf(column: string, row: Row): string {
  const steps = column.split(".");
  return steps.map((_, count) => steps.slice(0, count).join(".")).find((owner) => row.get(owner)?.isNull) ?? "";
}
