import { RequestRefused } from "./request-refused.ts";

export interface JsonLimits {
  /** Objects and lists within one another. */
  readonly nesting: number;
  /** Values, those within others too. */
  readonly values: number;
}

const [QUOTE, COMMA, OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from(
  '",[\\]{}',
) as unknown as [number, number, number, number, number, number, number];

/**
 * Throws when JSON is nested too deep, or has too many values, by one look at its bytes before anything parses it. Whatever
 * recurses over the one overflows its stack; whatever coerces the other stops the process for as long as that takes.
 * What isn't JSON may pass: its parser says more.
 */
export function refuseJsonShape(json: Uint8Array, { nesting, values }: JsonLimits): void {
  let depth = 0;
  let count = 1;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (quoted) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === COMMA) count++;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth++;
      count++;
      if (depth > nesting) throw tooMuch("JSON_TOO_DEEP", `is nested more than ${nesting} levels deep`);
    }
    if (count > values) throw tooMuch("JSON_TOO_MANY_VALUES", `has more than ${values} values`);
  }
}

function tooMuch(code: "JSON_TOO_DEEP" | "JSON_TOO_MANY_VALUES", what: string): RequestRefused {
  return new RequestRefused(400, code, `The request's JSON ${what}. Ask for less at once.`);
}
