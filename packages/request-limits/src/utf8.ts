import { isUtf8 } from "node:buffer";
import { RequestRefused } from "./request-refused.ts";

/**
 * Throws unless a body is UTF-8 and says nothing else of itself. Node would put U+FFFD for what it can't read, so two
 * different bodies would become one operation.
 */
export function refuseOtherThanUtf8(body: Uint8Array, contentType: string | undefined): void {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? "")?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    throw new RequestRefused(415, "BODY_ENCODING_REFUSED", "Send the request's body in UTF-8.");
  if (!isUtf8(body)) throw new RequestRefused(400, "BODY_ENCODING_REFUSED", "The request's body is not UTF-8.");
}
