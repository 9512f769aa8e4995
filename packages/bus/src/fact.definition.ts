import type { z } from "zod";

/** Something that has happened in one service and that others may need to know. It never changes. */
export interface Fact<Data = unknown, Type extends string = string, Version extends number = number> {
  /** A bare uuid v7, minted by the producer. Whoever has seen it has seen this fact. */
  readonly id: string;
  readonly type: Type;
  readonly version: Version;
  readonly aggregateId: string;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
  readonly data: Data;
}

/** The contract of one fact between its producer and its consumers. */
export interface FactDefinition<
  Type extends string = string,
  Version extends number = number,
  Schema extends z.ZodType = z.ZodType,
> {
  readonly type: Type;
  readonly version: Version;
  readonly data: Schema;
}

/** The fact that a definition describes; of a union of definitions, a union that `type` tells apart. */
export type FactOf<Definition> =
  Definition extends FactDefinition<infer Type, infer Version, infer Schema>
    ? Fact<z.output<Schema>, Type, Version>
    : never;

const factType = /^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Declares a fact: `type` is `<service>.<what-happened>`, in the past tense; `version` begins at 1.
 * A change that an old consumer can't read is a new version, published beside the old one until nobody reads that.
 * Throws a TypeError when the type or the version has another form.
 */
export function defineFact<const Type extends string, const Version extends number, Schema extends z.ZodType>(
  definition: FactDefinition<Type, Version, Schema>,
): FactDefinition<Type, Version, Schema> {
  if (!factType.test(definition.type)) {
    throw new TypeError(`A fact's type is <service>.<what-happened>, not "${definition.type}".`);
  }
  if (!Number.isInteger(definition.version) || definition.version < 1) {
    throw new TypeError(`The version of ${definition.type} is a whole number from 1, not ${definition.version}.`);
  }
  return Object.freeze(definition);
}
