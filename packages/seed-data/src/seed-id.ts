import { deterministicGlobalId, type GlobalIdType } from "@clic/global-id";

/** The id of a seeded thing by its type and key: every service makes the same one, so none needs to ask another. */
export function seedId(type: GlobalIdType, key: string): string {
  return deterministicGlobalId(type, key);
}
