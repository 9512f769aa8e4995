import { decodeGlobalId, globalIdPrefixes, isGlobalId, type GlobalIdType } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import type { EntityProperty, InferEntity } from "@mikro-orm/core";
import { loaderOf } from "../loader.ts";
import { metadataOf } from "../orm.ts";
import type { GraphContext } from "../context.ts";
import { UuidColumn } from "./global-id.type.ts";
import { statement } from "./row-reader.ts";
import { everything, isInSight, type Sight, sightSql } from "./sight.ts";

/** An entity as a read returns it: the same property names, instants and dates as ISO text, no identity map. */
export type Row<Entity> = {
  [Key in keyof Entity as Key extends symbol ? never : Key]-?: RowValue<Exclude<Entity[Key], undefined>>;
};
type RowValue<Value> = Value extends Date ? string : Value;

/** What MikroORM's `defineEntity` returns, as far as reading needs it. */
export interface EntityDefinition {
  readonly meta: { readonly className: string };
}

export interface RowSource<Type extends object> {
  readonly definition: EntityDefinition;
  readonly type: GlobalIdType | null;
  /** The column of a property, unquoted. Throws when the entity has no such property. */
  column(property: string): string;
  property(property: string): EntityProperty;
  /** `schema.table`, quoted. */
  table(): string;
  /** The select list with every property, or these, under its own name, for the alias `e`. */
  selection(only?: ReadonlySet<string>): string;
  /** The names of all properties that are columns. */
  properties(): readonly string[];
  /** The value of a property as PostgreSQL takes it: ids without their prefix. Throws MalformedGlobalId. */
  toColumn(property: string, value: unknown): unknown;
  /** Whether a property's column could hold this value at all. */
  isUsable(property: string, value: string): boolean;
  /** Which rows a viewer may know of; every read is held to it. */
  readonly sight: Sight;
  /** Whether the viewer may know of a row that a use case has loaded, by its own properties. */
  isInSight(viewer: Viewer, row: object): boolean;
  /** One row by its global id; null when there is none, when the viewer may not see it, or when the id is of another type. */
  byId(context: GraphContext, id: string): Promise<Type | null>;
  /** One row by a unique property (a code, a slug). */
  byKey(context: GraphContext, property: keyof Type & string, value: string): Promise<Type | null>;
  /** All rows whose property has the value, in the order given: only where a rule bounds them. One statement for all parents. */
  manyBy(
    context: GraphContext,
    property: keyof Type & string,
    value: string,
    orderBy: keyof Type & string,
  ): Promise<Type[]>;
}

interface Options {
  /** The GraphQL type of every row, when it is one: rows then carry `__typename`. */
  readonly type?: GlobalIdType;
  /** Which rows a viewer may know of; all when absent. */
  readonly sight?: Sight;
}

/**
 * Reads an entity as rows, by statements derived from its metadata (a column is written down once, in the entity).
 * Its sight and, apart from it, row-level security decide what the viewer sees; a row that is hidden is null, exactly as
 * one that isn't there.
 */
export function defineRows<Definition extends EntityDefinition>(
  definition: Definition,
  options: Options = {},
): RowSource<Row<InferEntity<Definition>>> {
  type Type = Row<InferEntity<Definition>>;
  const type = options.type ?? null;
  const sight = options.sight ?? everything;
  let selection: string | undefined;

  const property = (name: string): EntityProperty => {
    const found = metadataOf(definition).properties[name as never] as EntityProperty | undefined;
    if (found === undefined) throw new Error(`${definition.meta.className} has no property ${name}`);
    return found;
  };
  const column = (name: string): string => property(name).fieldNames[0] as string;
  const table = (): string => `"${metadataOf(definition).schema}"."${metadataOf(definition).tableName}"`;
  const columns = (): EntityProperty[] => metadataOf(definition).props.filter((prop) => prop.persist !== false);
  const listed = (props: readonly EntityProperty[]): string =>
    [...(type === null ? [] : [`'${type}' as "__typename"`]), ...props.map(selected)].join(", ");
  const select = (only?: ReadonlySet<string>): string =>
    only ? listed(columns().filter(({ name }) => only.has(name))) : (selection ??= listed(columns()));
  const toColumn = (name: string, value: unknown): unknown => {
    const custom = property(name).customType;
    return custom instanceof UuidColumn ? decodeGlobalId(value as string, custom.idType).uuid : value;
  };

  /** The rows in sight whose property has any of the values. */
  const find = async (context: GraphContext, name: string, values: readonly unknown[], order = ""): Promise<Type[]> => {
    const given: unknown[] = [values];
    const seen = sightSql(sight, context.viewer, column, (value, as) => `$${given.push(value)}::${as}`);
    if (values.length === 0 || seen === null) return [];
    const wanted = `e."${column(name)}" = any($1::${arrayType(property(name))})`;
    const condition = seen === "" ? wanted : `${wanted} and ${seen}`;
    return context.reads.query<Type>(
      statement(`select ${select()} from ${table()} e where ${condition}${order}`),
      given,
    );
  };

  const loadBy = async (context: GraphContext, name: string, keys: readonly string[]): Promise<(Type | null)[]> => {
    const values = keys.filter((key) => source.isUsable(name, key)).map((key) => toColumn(name, key));
    const rows = await find(context, name, values);
    const found = new Map(rows.map((row) => [String(row[name as keyof Type]), row]));
    return keys.map((key) => found.get(key) ?? null);
  };

  const source: RowSource<Type> = {
    definition,
    type,
    column,
    property,
    table,
    selection: select,
    properties: () => columns().map(({ name }) => name),
    toColumn,
    sight,
    isInSight: (viewer, row) => isInSight(sight, viewer, row),
    isUsable: (name, value) => isUsable(property(name), value),
    byId: (context, id) => source.byKey(context, "id" as keyof Type & string, id),
    byKey: (context, name, value) =>
      loaderOf(context, source, `by:${name}`, (keys: readonly string[]) => loadBy(context, name, keys)).load(value),
    manyBy: (context, name, value, orderBy) =>
      loaderOf(context, source, `many:${name}:${orderBy}`, async (keys: readonly string[]) => {
        const order = ` order by e."${column(orderBy)}", e."${column("id")}"`;
        const usable = keys.filter((key) => source.isUsable(name, key)).map((key) => toColumn(name, key));
        const rows = await find(context, name, usable, order);
        const groups = Map.groupBy(rows, (row) => String(row[name as keyof Type]));
        return keys.map((key) => groups.get(key) ?? []);
      }).load(value),
  };
  return source;
}

function selected(prop: EntityProperty): string {
  const column = `e."${prop.fieldNames[0]}"`;
  const value =
    prop.customType instanceof UuidColumn ? `'${globalIdPrefixes[prop.customType.idType]}_' || ${column}` : column;
  return `${value} as "${prop.name}"`;
}

/** An id of another type, or a text that PostgreSQL has no room for, finds nothing; it must not fail those beside it. */
function isUsable(prop: EntityProperty, key: string): boolean {
  return prop.customType instanceof UuidColumn ? isGlobalId(key, prop.customType.idType) : !key.includes("\0");
}

function arrayType(prop: EntityProperty): string {
  return prop.customType instanceof UuidColumn ? "uuid[]" : "text[]";
}
