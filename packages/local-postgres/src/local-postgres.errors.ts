export type LocalPostgresErrorCode =
  | "ALREADY_RUNNING"
  | "BINARIES_UNUSABLE"
  | "DATA_DIRECTORY_UNUSABLE"
  | "NO_SERVER_ACCOUNT"
  | "PORT_TAKEN"
  | "RIGHTS_MISSING"
  | "SERVER_TOO_OLD"
  | "START_FAILED"
  | "UNREACHABLE";

/** A failure that the person at the keyboard can cure. Its message is one line and names the cure. */
export class LocalPostgresError extends Error {
  readonly code: LocalPostgresErrorCode;

  constructor(code: LocalPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message.replace(/\s*\n\s*/g, " "), options);
    this.name = "LocalPostgresError";
    this.code = code;
  }
}
