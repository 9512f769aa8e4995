/** `ALREADY_THERE`: all of it is. `OTHER_SCALE`: another size of it is. `SERVICE_FAILED`: a service could not load its share. */
export type DemoDataErrorCode = "ALREADY_THERE" | "OTHER_SCALE" | "SERVICE_FAILED";

/** Why made-up data at scale was not loaded, in one line with the cure. What a service has loaded before stays, whole. */
export class DemoDataRefused extends Error {
  readonly code: DemoDataErrorCode;
  constructor(code: DemoDataErrorCode, message: string, options?: ErrorOptions) {
    super(message.replace(/\s*\n\s*/g, " "), options);
    this.name = "DemoDataRefused";
    this.code = code;
  }
}
