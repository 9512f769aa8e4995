/** Why a row is not imported. The names are public: they stand in the report and in the graph. */
export const refusalReasons = {
  LINE_TOO_LONG: "The line has more than 8,192 bytes.",
  NUL_BYTE: "The line has a NUL in it.",
  NOT_UTF8: "The line is not UTF-8.",
  BAD_QUOTING: "Quotes are not closed within the line, or stand where they may not.",
  WRONG_COLUMNS: "The line has not 27 columns.",
  BAD_TEXT: "A text has control characters in it, or is longer than 200 characters.",
  BAD_CODE: "A code has 3 to 10 capital letters and digits.",
  NO_NAME: "There is no name.",
  BAD_DATE: "A date is no day of the calendar, as YYYYMMDD.",
  CLOSES_BEFORE_OPENING: "It closes before it opens.",
  LEAVES_BEFORE_JOINING: "It leaves its parent before it joins it.",
  UNKNOWN_STATUS: "The status is none of A, C, D, P.",
  STATUS_AGAINST_DATES: "The status and the dates say different things.",
  DUPLICATE_CODE: "An earlier row of the file has this code.",
  UNKNOWN_PARENT: "Its parent is neither in the directory nor among the rows that are imported.",
  PARENT_CYCLE: "Its parents lead back to themselves, or up more than 32 levels.",
  STATUS_REFUSED: "What was part of the directory is not put forward again.",
  CODE_REUSED: "The code belongs to an organisation that closed before this one opens. Codes are never reused.",
} as const satisfies Record<string, string>;

export type RefusalReason = keyof typeof refusalReasons;

/** A row that is not imported. */
export interface OdsRefusal {
  readonly line: number;
  /** As it stands in the row, if it can be told. */
  readonly code: string | null;
  readonly reason: RefusalReason;
}
