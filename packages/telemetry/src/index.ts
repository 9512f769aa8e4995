export { openTracing, type Tracing, type TracingOptions } from "./tracing.ts";
export { telemetryVariables } from "./environment.ts";
export type { Facts, Span, SpanKind } from "./span.ts";
export { createLogger } from "./logger.ts";
export { withoutWords } from "./without-words.ts";
