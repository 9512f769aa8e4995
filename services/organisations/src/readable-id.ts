import { decodeGlobalId, type GlobalIdType } from "@clic/global-id";

/**
 * An id that a caller asks for by hand, as it came. Throws MalformedGlobalId, which reaches them as BAD_USER_INPUT, when
 * it can't be the id of such a thing: null would leave them looking for a row instead of a slip.
 */
export function readableId(id: string, type: GlobalIdType | readonly GlobalIdType[]): string {
  decodeGlobalId(id, type);
  return id;
}
