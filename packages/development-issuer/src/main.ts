import { pino } from "pino";
import { z } from "zod";
import { graphAudience, startIssuer } from "./start-issuer.ts";

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
  HOST: z.string().default("127.0.0.1"),
  ISSUER: z.url().optional(),
  AUDIENCE: z.url().default(graphAudience),
  KEYS_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.string().default("info"),
});

try {
  const env = environment.parse(process.env);
  const log = pino({ name: "development-issuer", level: env.LOG_LEVEL });
  const { PORT: port, HOST: host, ISSUER: issuer, AUDIENCE: audience, KEYS_FILE: keysFile } = env;
  const starting = startIssuer({ port, host, issuer, audience, keysFile });

  const stop = async (reason: string): Promise<void> => {
    const running = await starting.catch(() => null);
    log.info({ reason }, "stopping");
    await running?.close();
    process.exit();
  };
  process.once("SIGTERM", () => void stop("SIGTERM"));
  process.once("SIGINT", () => void stop("SIGINT"));
  process.once("disconnect", () => void stop("disconnect"));

  const { url } = await starting;
  log.info({ url }, "The development issuer is ready. Anybody on this machine can have a token.");
  // The channel may have closed while the modules loaded, before anybody listened.
  if (process.connected === false) await stop("disconnect");
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const taken = code === "EADDRINUSE" ? `Port ${process.env["PORT"] ?? 4010} is taken. Set PORT to a free one.` : null;
  const invalid = error instanceof z.ZodError ? z.prettifyError(error).replaceAll(/\s*\n\s*/g, " ") : null;
  process.stderr.write(`development-issuer: ${taken ?? invalid ?? message}\n`);
  // An open channel to the parent would keep the process alive.
  process.exit(1);
}
