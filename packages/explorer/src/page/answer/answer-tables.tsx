import { type ReactNode, useMemo } from "react";
import { csvOf } from "./csv.ts";
import { type Cell, type Table, tablesOf } from "./tables.ts";
import { fieldOf, type Withheld } from "./withheld.ts";

/** Rows beyond these are in the JSON and the CSV: a browser draws thousands of cells slowly, and nobody reads them. */
const mostRows = 200;

/** An answer as tables. */
export function AnswerTables({
  data,
  withheld,
}: {
  readonly data: unknown;
  readonly withheld: readonly Withheld[];
}): ReactNode {
  const tables = useMemo(() => tablesOf(data), [data]);
  const fields = useMemo(() => new Set(withheld.map(({ field }) => field)), [withheld]);
  if (tables.length === 0) return <p className="hint">No rows. The answer is in the JSON.</p>;
  return tables.map((table, at) => <OneTable key={`${at} ${table.title}`} table={table} withheld={fields} />);
}

function OneTable({ table, withheld }: { readonly table: Table; readonly withheld: ReadonlySet<string> }): ReactNode {
  const { title, facts, columns, rows } = table;
  const caption = `${title === "" ? "values" : title}, ${rows.length === 1 ? "one row" : `${rows.length} rows`}`;
  return (
    <div className="table">
      <header>
        <h3>{title === "" ? "values" : title}</h3>
        <span className="count">{rows.length === 1 ? "1 row" : `${rows.length} rows`}</span>
        {rows.length > 0 && (
          <button
            type="button"
            className="link"
            onClick={() => download(`${title.replaceAll(/\W+/g, "-")}.csv`, csvOf(table))}
          >
            CSV<span className="visually-hidden"> of {caption}</span>
          </button>
        )}
      </header>
      {facts.length > 0 && (
        <dl className="facts">
          {facts.map(({ name, cell }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{cell.isNull ? "–" : cell.lines.join("; ")}</dd>
            </div>
          ))}
        </dl>
      )}
      {rows.length > 0 && (
        // Wide tables scroll by themselves, by keyboard too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <section className="scroll" tabIndex={0} aria-label={caption}>
          <table>
            <caption className="visually-hidden">{caption}</caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column === "__typename" ? "type" : column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, mostRows).map((row, at) => (
                <tr key={at}>
                  {row.map((cell, column) => (
                    <TableCell key={columns[column]} cell={cell} withheld={withheld} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {rows.length > mostRows && <p className="hint">The first {mostRows} are shown; the CSV has all.</p>}
    </div>
  );
}

function TableCell({ cell, withheld }: { readonly cell: Cell; readonly withheld: ReadonlySet<string> }): ReactNode {
  if (cell.isNull) {
    const field = fieldOf(cell.path);
    // What is above a withheld field may be null with it.
    return [...withheld].some((one) => one === field || one.startsWith(`${field}.`)) ? (
      <td className="withheld">withheld</td>
    ) : (
      <td className="null">–</td>
    );
  }
  if (cell.lines.length <= 1)
    return (
      <td className={shape(cell)} title={shape(cell) === "id" ? cell.lines[0] : undefined}>
        {cell.lines[0]}
      </td>
    );
  return (
    <td className={cell.lines.some((line) => line.length > 44) ? "long" : undefined}>
      <ul>
        {cell.lines.map((line, at) => (
          <li key={at}>{line}</li>
        ))}
      </ul>
    </td>
  );
}

/** Short texts stay in one line, which keeps rows low; long ones wrap. */
function shape({ isNumber, lines }: Cell): string | undefined {
  if (isNumber) return "number";
  if (/^[a-z]{3}_[\da-f-]{36}$/.test(lines[0] ?? "")) return "id";
  return (lines[0]?.length ?? 0) > 44 ? "long" : undefined;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
