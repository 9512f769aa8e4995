import { z } from "zod";

/** The variables of a process's environment that say whether it tells a collector what it does. */
export const telemetryVariables = {
  /** Where traces go, as OTLP over HTTP; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** The share of traces that are kept, 0 to 1. Decided where a trace begins; the others follow. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
};
