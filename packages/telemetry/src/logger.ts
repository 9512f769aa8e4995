import { type DestinationStream, type Logger, pino } from "pino";
import { withoutWords } from "./without-words.ts";

const SECRETS = ["authorization", "cookie", "token", "key", "secret", "password", "variables", "SUBGRAPH_KEY"];

/**
 * JSON lines on stdout. A net below the rule that nobody logs what is others': errors lose their words (see `withoutWords`),
 * and secrets are cut out by name, two objects deep.
 */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const paths = SECRETS.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`]);
  // What is no error has lost its words already, or is ours.
  const serialize = (value: unknown): unknown => (value instanceof Error ? withoutWords(value) : value);
  const serializers = { err: serialize, error: serialize };
  const options = { name, level, redact: { paths, censor: "[redacted]" }, serializers };
  return destination === undefined ? pino(options) : pino(options, destination);
}
