import { type GraphQLObjectType, type GraphQLSchema, isAbstractType, isObjectType } from "graphql";
import type { FieldShape, ObjectShape, ValueShape } from "./answer-shape.ts";
import { changedField } from "./entity-echo.ts";
import { isRecord } from "./graphql-response.ts";

export type Path = readonly (string | number)[];

/** Something in an answer that does not fit what was asked. Says where and which kind, never what the subgraph said. */
export interface Finding {
  readonly path: Path;
  readonly found: string;
}

/** What a subgraph is told of an entity: its type, its keys, and what the asked fields require. */
export type Representation = Readonly<Record<string, unknown>>;

/** In place of null where the schema allows none: the nearest parent that may be null becomes null. */
const REFUSED = Symbol("refused");

/** An answer with a mistake in every row needs no list of all of them. */
const MOST_FINDINGS = 20;

/**
 * Brings one answer into the shape that was asked for, in place: an honest answer is only read. Keys that were not asked for
 * go, wrong values become null, as GraphQL has it for a field that failed, and are told in `findings`.
 */
export class AnswerReader {
  readonly findings: Finding[] = [];
  readonly #path: (string | number)[] = [];
  readonly #schema: GraphQLSchema;
  readonly #representations: readonly Representation[];
  readonly #told: boolean;

  /** @param options.told whether the subgraph sent errors of its own: nulls are then no news */
  constructor(options: {
    readonly schema: GraphQLSchema;
    readonly representations: readonly Representation[];
    readonly told: boolean;
  }) {
    this.#schema = options.schema;
    this.#representations = options.representations;
    this.#told = options.told;
  }

  read(shape: ObjectShape, data: Record<string, unknown>): Record<string, unknown> | null {
    const result = this.#object(shape, data, undefined);
    return result === REFUSED ? null : (result as Record<string, unknown> | null);
  }

  #value(shape: ValueShape, value: unknown): unknown {
    if (value === null) return shape.nullable ? null : this.#missing("null where the schema has none");
    switch (shape.kind) {
      case "leaf":
        return shape.accepts(value) ? value : this.#wrong(shape, `no ${shape.what}`);
      case "list":
        return this.#list(shape.of, shape, value);
      case "object":
        return this.#object(shape, value, undefined);
    }
  }

  #list(of: ValueShape, shape: ValueShape, value: unknown): unknown {
    if (!Array.isArray(value)) return this.#wrong(shape, "no list");
    const items: unknown[] = value;
    for (let index = 0; index < items.length; index++) {
      const item = this.#at(index, of, items[index]);
      if (item === REFUSED) return nothing(shape);
      if (item !== items[index]) items[index] = item;
    }
    return items;
  }

  #at(key: string | number, shape: ValueShape, value: unknown): unknown {
    this.#path.push(key);
    const result = this.#value(shape, value);
    this.#path.pop();
    return result;
  }

  #object(shape: ObjectShape, value: unknown, entity: Representation | undefined): unknown {
    if (!isRecord(value)) return this.#wrong(shape, "no object");
    const type = this.#typeOf(shape, value, entity);
    if (type === REFUSED) return this.#wrong(shape, "a __typename that cannot be here");
    const fields = shape.fieldsOf(type);
    let present = 0;
    for (const field of fields) {
      const { key } = field;
      const has = field.inherited ? Object.hasOwn(value, key) : value[key] !== undefined;
      if (!has && !field.always) continue;
      present++;
      const given = has ? value[key] : null;
      // What most of an honest answer is.
      if (field.value.kind === "leaf" && given !== null && field.value.accepts(given)) continue;
      const result =
        field.name === "_entities" && entity === undefined
          ? this.#entities(field, given)
          : has
            ? this.#at(key, field.value, given)
            : this.#absent(field);
      if (result === REFUSED) return nothing(shape);
      if (result !== given || !has) put(value, field, result);
    }
    if (entity !== undefined) {
      const changed = changedField(fields, value, entity);
      if (changed !== undefined) return this.#wrong(shape, `another ${changed} than was asked about`);
    }
    return present === countKeys(value) ? value : onlyAsked(fields, value);
  }

  /** The object's type; undefined when nobody asked which; REFUSED when it says one that cannot be here. */
  #typeOf(
    shape: ObjectShape,
    value: Record<string, unknown>,
    entity: Representation | undefined,
  ): GraphQLObjectType | undefined | typeof REFUSED {
    if (shape.only) return shape.only;
    const asked = shape.fieldsOf(undefined).find(({ name, key }) => name === "__typename" && Object.hasOwn(value, key));
    const expected = entity && this.#schema.getType(String(entity["__typename"]));
    if (!asked) return isObjectType(expected) ? expected : undefined;
    const said = value[asked.key];
    const type = typeof said === "string" ? this.#schema.getType(said) : undefined;
    if (!isObjectType(type) || !(isAbstractType(shape.type) && this.#schema.isSubType(shape.type, type)))
      return REFUSED;
    if (!entity || type === expected) return type;
    return isAbstractType(expected) && this.#schema.isSubType(expected, type) ? type : REFUSED;
  }

  #entities({ key, value: shape }: FieldShape, value: unknown): unknown {
    this.#path.push(key);
    const result = this.#entityList(shape, value);
    this.#path.pop();
    return result;
  }

  #entityList(shape: ValueShape, value: unknown): unknown {
    if (value === null) return this.#missing("no entities");
    if (shape.kind !== "list" || shape.of.kind !== "object" || !Array.isArray(value))
      return this.#wrong(shape, "no list");
    const asked = this.#representations.length;
    if (value.length !== asked) return this.#wrong(shape, `${value.length} entities where ${asked} were asked for`);
    const items: unknown[] = value;
    for (const [index, item] of items.entries()) {
      if (item === null) continue;
      this.#path.push(index);
      const entity = this.#object(shape.of, item, this.#representations[index]);
      this.#path.pop();
      items[index] = entity === REFUSED ? null : entity;
    }
    return items;
  }

  #absent(field: FieldShape): unknown {
    this.#path.push(field.key);
    const result = this.#missing("missing");
    this.#path.pop();
    return result === REFUSED && field.value.nullable ? null : result;
  }

  #missing(found: string): typeof REFUSED {
    if (!this.#told) this.#find(found);
    return REFUSED;
  }

  #wrong(shape: ValueShape, found: string): unknown {
    this.#find(found);
    return nothing(shape);
  }

  #find(found: string): void {
    if (this.findings.length < MOST_FINDINGS) this.findings.push({ path: [...this.#path], found });
  }
}

function nothing(shape: ValueShape): null | typeof REFUSED {
  return shape.nullable ? null : REFUSED;
}

/** A key named like something inherited becomes a key and no more: `__proto__` would set the prototype. */
function put(object: Record<string, unknown>, { key, inherited }: FieldShape, value: unknown): void {
  if (!inherited) object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function countKeys(object: object): number {
  let count = 0;
  // Own keys only: nothing that JSON.parse makes inherits an enumerable one.
  for (const _key in object) count++;
  return count;
}

function onlyAsked(fields: readonly FieldShape[], value: Record<string, unknown>): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const field of fields) if (Object.hasOwn(value, field.key)) put(copy, field, value[field.key]);
  return copy;
}
