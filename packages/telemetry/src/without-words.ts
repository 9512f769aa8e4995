import { types } from "node:util";

/**
 * An error for a log: its kind, its code, and where in the code it came up. Not its message, nor what else it carries:
 * those quote what callers sent, what rows hold and what subgraphs say (PostgreSQL's `invalid input syntax for type uuid: "…"`,
 * `Key (email)=(…) already exists`), and a log is read by more people than the data.
 */
export function withoutWords(error: unknown): object {
  if (!isError(error)) return { type: typeof error };
  const { code, constraint, cause } = error as { code?: unknown; constraint?: unknown; cause?: unknown };
  return {
    type: word(error.constructor.name),
    ...pick("code", code),
    ...pick("constraint", constraint),
    stack: frames(error),
    ...(isError(cause) && { cause: { type: word(cause.constructor.name), ...pick("code", codeOf(cause)) } }),
  };
}

/** Of another realm, too: Node's own errors within a test are. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** A name of PostgreSQL's or Node's for what went wrong; whatever is longer or has other characters is no such name. */
function word(value: unknown): string | undefined {
  return typeof value === "string" && /^\w{1,63}$/.test(value) ? value : undefined;
}

function pick(key: string, value: unknown): object {
  const text = word(value);
  return text === undefined ? {} : { [key]: text };
}

function codeOf(error: Error): unknown {
  return (error as { code?: unknown }).code;
}

/** The lines of the stack below the message, which stands at its head and may have several lines of its own. */
function frames({ stack = "", message }: Error): string[] {
  const head = stack.indexOf(message);
  // A stack without its message is not the engine's: nobody knows what is in it.
  if (head < 0) return [];
  return stack
    .slice(head + message.length)
    .split("\n")
    .filter((line) => /^ +at .*:\d+:\d+\)?$/.test(line))
    .map((line) => line.trim());
}
