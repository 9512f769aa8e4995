/** A request that isn't run: its HTTP status, a code for the client's program, a sentence for its author. */
export class RequestRefused<Code extends string = string> extends Error {
  override readonly name = "RequestRefused";
  readonly statusCode: number;
  readonly code: Code;
  readonly headers: Readonly<Record<string, string>>;

  constructor(statusCode: number, code: Code, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
    this.headers = headers;
  }
}
