import type { FieldShape } from "./answer-shape.ts";
import type { Representation } from "./answer-reader.ts";
import { isRecord } from "./graphql-response.ts";

/**
 * The name of a field that an entity says differently than the representation it was asked about, if there is one. A
 * representation is made of keys and of what others own: whoever answers may repeat it, never change it.
 */
export function changedField(
  fields: readonly FieldShape[],
  entity: Readonly<Record<string, unknown>>,
  representation: Representation,
): string | undefined {
  const changed = fields.find(
    ({ key, plain, name }) =>
      plain &&
      name !== "__typename" &&
      Object.hasOwn(representation, key) &&
      Object.hasOwn(entity, key) &&
      !says(entity[key], representation[key]),
  );
  return changed?.name;
}

/** Whether `said` repeats `sent`; of objects, what both have. An id may be sent as a number and come back as a text. */
function says(said: unknown, sent: unknown): boolean {
  if (Array.isArray(said) && Array.isArray(sent))
    return said.length === sent.length && said.every((item, index) => says(item, sent[index]));
  if (isRecord(said) && isRecord(sent))
    return Object.keys(said).every((key) => !Object.hasOwn(sent, key) || says(said[key], sent[key]));
  return said === sent || (isPlain(said) && isPlain(sent) && String(said) === String(sent));
}

function isPlain(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}
