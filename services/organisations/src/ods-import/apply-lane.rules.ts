import { leafLevel } from "./check-rows.ts";

/** Some of a run's rows, applied one after another; in SQL, where `i` is the run and `r` a row. */
export interface Lane {
  /** The rows that are left. */
  readonly left: string;
  /** The rows of the next batch: those of one level, so that no row comes with its parent. */
  readonly next: string;
  /** Sets where to go on, behind the row `d` (line, level). */
  readonly goOn: string;
}

const behind = `r.level < ${leafLevel} and (r.level, r.line) > (i.applied_level, i.applied_line)`;

/** Those that others are below. */
export const upper: Lane = {
  left: behind,
  next: `${behind} and r.level = (select min(r.level) from import_run i join ods_row r on r.run_id = i.id where i.id = $1 and ${behind})`,
  goOn: "applied_level = d.level, applied_line = d.line",
};

/** All others, which have nothing to do with each other: in two. */
export const lanes: readonly [Lane, Lane] = [leaves(0), leaves(1)];

function leaves(number: 0 | 1): Lane {
  const left = `r.level = ${leafLevel} and r.line % 2 = ${number} and r.line > i.applied_lanes[${number + 1}]`;
  return { left, next: left, goOn: `applied_lanes[${number + 1}] = d.line` };
}
