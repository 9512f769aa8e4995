import type { Facts, Span, SpanKind } from "./span.ts";

export interface Tracing {
  /** Begins the work of this process on a request. @param traceparent of whoever asks, if they are to be believed */
  begin(name: string, kind: SpanKind, facts?: Facts, traceparent?: string): Span;
  /** Sends what is not sent yet. Waits for five seconds at most, and never rejects. */
  close(): Promise<void>;
}

export interface TracingOptions {
  /** The process's name in traces. */
  readonly service: string;
  /** Of a collector that takes OTLP over HTTP, without `/v1/traces`; undefined: nothing is traced. */
  readonly endpoint: string | undefined;
  /** The share of the traces begun here that are kept. */
  readonly ratio: number;
}

/**
 * Traces to a collector, or undefined where there is none: then OpenTelemetry isn't even loaded, and `tracing?.begin(…)` is
 * all that it costs. A collector that is away costs its own traces alone.
 *
 * Registers nothing globally: libraries that trace by themselves (Apollo's gateway does, with messages of errors) find no
 * provider and stay silent.
 */
export async function openTracing({ endpoint, ...options }: TracingOptions): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  const { createOtlpTracing } = await import("./otlp-tracing.ts");
  return createOtlpTracing({ endpoint, ...options });
}
