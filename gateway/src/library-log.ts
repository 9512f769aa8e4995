import type { Logger } from "pino";

type Say = (said: unknown) => void;

/** The log of a library that puts errors' messages behind its own words: those stay, up to the first colon. */
export function createLibraryLog(
  log: Logger,
  part: string,
): Readonly<Record<"debug" | "info" | "warn" | "error", Say>> {
  const child = log.child({ part });
  const say =
    (level: "debug" | "info" | "warn" | "error"): Say =>
    (said) =>
      child[level](typeof said === "string" ? said.split(":", 1)[0] : "something that is no text");
  return { debug: say("debug"), info: say("info"), warn: say("warn"), error: say("error") };
}
