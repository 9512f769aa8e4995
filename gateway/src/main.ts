import { createLogger, openTracing } from "@clic/telemetry";
import { createApp } from "./app.ts";
import { withCommandLine } from "./command-line.ts";
import { readEnvironment } from "./environment.ts";

// The gateway library exports telemetry to its maker unless told otherwise, and reads this when it is constructed.
process.env["APOLLO_TELEMETRY_DISABLED"] = "1";
const DRAIN_MS = 15_000;

try {
  const environment = readEnvironment(withCommandLine(process.env, process.argv.slice(2)));
  const log = createLogger("gateway", environment.LOG_LEVEL);
  if (environment.open) {
    log.warn("OPEN: no identity, no limits, introspection for everybody. For conformance suites and benchmarks only.");
  } else if (environment.identity === undefined) {
    log.warn("no ISSUER_URL: everybody is anonymous, and access tokens are refused");
  }
  const tracing = await openTracing({
    service: "gateway",
    endpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT,
    ratio: environment.OTEL_TRACES_SAMPLER_ARG,
  });
  const app = await createApp(environment, log, tracing);
  const stop = (reason: string): void => {
    log.info({ reason }, "stopping");
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    void app.close().then(() => process.exit(0));
  };
  process.once("SIGTERM", () => stop("SIGTERM"));
  process.once("SIGINT", () => stop("SIGINT"));
  process.once("disconnect", () => stop("the supervisor is gone"));
  log.info({ address: await app.listen() }, "gateway listens");
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const taken =
    code === "EADDRINUSE"
      ? `Port ${process.env["PORT"] ?? 4000} is taken. Set PORT to a free one, or stop what uses it.`
      : message;
  console.error(`The gateway cannot start. ${taken}`);
  process.exit(1);
}
