import { type Context, type Span as OtelSpan, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Facts, Span, SpanKind as Kind } from "./span.ts";
import { readTraceparent, writeTraceparent } from "./traceparent.ts";
import type { Tracing, TracingOptions } from "./tracing.ts";

const CLOSE_MS = 5_000;
const MAX_TEXT = 100;

/** Under which name a collector finds each fact: OpenTelemetry's own where it has one. */
const names: Readonly<Record<keyof Facts, string>> = {
  requestId: "clic.request.id",
  operation: "graphql.operation.name",
  operationType: "graphql.operation.type",
  client: "clic.client.name",
  subgraph: "clic.subgraph",
  outcome: "clic.outcome",
  status: "http.response.status_code",
  database: "db.system.name",
  statements: "clic.db.statements",
};
const kinds: Readonly<Record<Kind, SpanKind>> = { server: SpanKind.SERVER, client: SpanKind.CLIENT };

/** Traces by OTLP in JSON, in batches. Says nothing of the machine: no host, no command line, no environment. */
export function createOtlpTracing(options: TracingOptions & { readonly endpoint: string }): Tracing {
  const { service, endpoint, ratio } = options;
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces`, timeoutMillis: CLOSE_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": service, "service.namespace": "clic" }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanLimits: { attributeValueLengthLimit: MAX_TEXT },
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1_000 })],
  });
  const tracer = provider.getTracer("@clic/telemetry");

  function begin(parent: Context, name: string, kind: Kind, facts: Facts = {}): Span {
    const span = tracer.startSpan(name, { kind: kinds[kind] }, parent);
    tell(span, facts);
    return {
      traceparent: writeTraceparent(span.spanContext()),
      begin: (...piece) => begin(trace.setSpan(ROOT_CONTEXT, span), ...piece),
      tell: (more) => tell(span, more),
      rename: (to) => void span.updateName(to),
      end(failure) {
        // Without a message: a status's message is where libraries put those of errors.
        if (failure !== undefined) span.setAttribute("error.type", failure).setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }
  return {
    begin(name, kind, facts, traceparent) {
      const asks = readTraceparent(traceparent);
      return begin(asks ? trace.setSpanContext(ROOT_CONTEXT, asks) : ROOT_CONTEXT, name, kind, facts);
    },
    async close() {
      const late = new Promise<void>((resolve) => void setTimeout(resolve, CLOSE_MS).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

function tell(span: OtelSpan, facts: Facts): void {
  for (const [fact, name] of Object.entries(names)) {
    const value = facts[fact as keyof Facts];
    if (value !== undefined) span.setAttribute(name, value);
  }
}
