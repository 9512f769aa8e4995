import type { Span } from "@clic/telemetry";

/** Traces one pipelined transaction that reads; call what it gives at its end, with what went wrong. Tells no statement. */
export function traceRead(span: Span, statements: number): (error?: unknown) => void {
  const piece = span.begin("read transaction", "client", { database: "postgresql", statements });
  return (error) => piece.end(error === undefined ? undefined : stateOf(error));
}

/** Traces one use case's transaction, its repetitions after deadlocks included. */
export async function traceUseCase<Result>(span: Span | undefined, run: () => Promise<Result>): Promise<Result> {
  if (span === undefined) return await run();
  const piece = span.begin("use case transaction", "client", { database: "postgresql" });
  try {
    const result = await run();
    piece.end();
    return result;
  } catch (error) {
    piece.end(stateOf(error));
    throw error;
  }
}

/** PostgreSQL's code for what went wrong, or the system's; a message would quote values. */
function stateOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^([0-9A-Z]{5}|E[A-Z]{2,20})$/.test(code) ? code : "other";
}
