/**
 * All that a span may say. A closed set: what is not here can't leave the process, so neither variables nor documents,
 * tokens, statements or messages of errors can. Hazard: texts come from the code or from a bounded set, never from a caller
 * or a row as they are.
 */
export interface Facts {
  readonly requestId?: string;
  readonly operation?: string;
  readonly operationType?: string;
  readonly client?: string;
  readonly subgraph?: string;
  readonly outcome?: string;
  readonly status?: number;
  readonly database?: "postgresql";
  readonly statements?: number;
}

/** `server` answers a request of another process, `client` asks one. */
export type SpanKind = "server" | "client";

/** One piece of work within a trace. */
export interface Span {
  /** How a process that is asked by this work continues the trace (W3C Trace Context). There is no tracestate, no baggage. */
  readonly traceparent: string;
  /** Begins a piece of this work. */
  begin(name: string, kind: SpanKind, facts?: Facts): Span;
  tell(facts: Facts): void;
  rename(name: string): void;
  /** Call it once. @param failure a code that stands for what went wrong; never a message */
  end(failure?: string): void;
}
