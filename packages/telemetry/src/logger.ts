import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";
import { isError, withoutWords } from "./without-words.ts";

const SECRETS = ["authorization", "cookie", "token", "key", "secret", "password", "variables", "SUBGRAPH_KEY"];

// What is no error has lost its words already, or is ours.
const serialize = (value: unknown): unknown => (isError(value) ? withoutWords(value) : value);

/** Where a line has no text of its own, pino takes the error's message. */
const hooks: NonNullable<LoggerOptions["hooks"]> = {
  logMethod([first, ...rest], log) {
    const failed = isError(first) || isError((first as { err?: unknown } | null)?.err);
    if (failed && rest[0] === undefined) rest[0] = "failed";
    log.apply(this, [first, ...rest] as never);
  },
};

/**
 * JSON lines on stdout. A net below the rule that nobody logs what is others': errors lose their words (see `withoutWords`),
 * and secrets are cut out by name, two objects deep.
 */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const paths = SECRETS.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`]);
  const redact = { paths, censor: "[redacted]" };
  const options = { name, level, redact, serializers: { err: serialize, error: serialize }, hooks };
  return destination === undefined ? pino(options) : pino(options, destination);
}
