import { newGlobalId, type GlobalIdType } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import type { Subgraph } from "@clic/subgraph-kit";
import {
  getNamedType,
  type GraphQLField,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from "graphql";
import { operation, type Use, usesOfIds } from "./id-uses.ts";
import type { Answer, TestSubgraph } from "./test-subgraph.ts";

/** Global ids by type. */
export type Ids = ReadonlyMap<GlobalIdType, readonly string[]>;

export interface ForeignRows {
  readonly world: TestSubgraph;
  readonly subgraph: Subgraph;
  readonly viewer: Viewer;
  /** Every row that the viewer may not know of. */
  readonly hidden: Ids;
  /** Rows that they may, from which the walk goes along every field. */
  readonly known: Ids;
  /** What an input field needs to get past validation: `assessSupportRequest.score`. */
  readonly samples?: Readonly<Record<string, unknown>>;
}

export interface ForeignWalk {
  /** Fields whose answers had the id of a hidden row in them. */
  readonly shown: readonly string[];
  /** Operations that answer the id of a hidden row otherwise than an id that never was: existence can be inferred. */
  readonly told: readonly string[];
  readonly asked: number;
}

type Field = GraphQLField<unknown, unknown>;

/**
 * Asks every query, list, filter, reference, field of a known row and mutation of a subgraph for rows that the viewer may
 * not know of. Hazard: mutations are really sent; give it a database of its own.
 */
export async function walkForeignRows(walk: ForeignRows): Promise<ForeignWalk> {
  const { world, subgraph, viewer, hidden } = walk;
  const secret = new Set([...hidden.values()].flat());
  const told = new Set<string>();
  let asked = 0;
  const ask = async (query: string, variables: Record<string, unknown>): Promise<Answer> => {
    asked++;
    const answer = await world.ask(viewer, query, variables);
    const mistaken = answer.errors?.find(({ extensions }) => extensions.code === "GRAPHQL_VALIDATION_FAILED");
    if (mistaken !== undefined) throw new Error(`${query}: ${mistaken.message}`);
    return answer;
  };
  const shown: string[] = [];
  for (const [name, query, variables] of everythingSeen(walk))
    if (idsIn(JSON.stringify(await ask(query, variables))).some((id) => secret.has(id))) shown.push(name);

  const { queries, mutations } = usesOfIds(subgraph.schema, walk.samples ?? {});
  for (const [type, [first]] of hidden) {
    const ids = [first as string, newGlobalId(type)];
    const said = new Map<Use, string[]>();
    // One operation makes many uses; where the error of one has taken the others' answers along, two make half of them each.
    const each = async (kind: string, uses: readonly Use[], id: string): Promise<void> => {
      const answer = await ask(...operation(kind, uses, id));
      const half = Math.ceil(uses.length / 2);
      if (answer.data == null && half < uses.length) {
        await each(kind, uses.slice(0, half), id);
        await each(kind, uses.slice(half), id);
      } else
        for (const [index, use] of uses.entries()) said.set(use, [...(said.get(use) ?? []), saidOf(index, id, answer)]);
    };
    for (const id of ids) {
      await each("query", queries, id);
      for (const use of mutations) await each("mutation", [use], id);
    }
    for (const [use, [one, other]] of said) if (one !== other) told.add(`${use.name} of ${type}`);
    if (!isEntity(subgraph.schema, type)) continue;
    const answers: string[] = [];
    for (const id of ids) answers.push(masked(await ask(reference, { r: [{ __typename: type, id }] }), id));
    if (answers[0] !== answers[1]) told.add(`reference of ${type}`);
  }
  return { shown, told: [...told], asked };
}

const reference = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Node { id } } }";

function isEntity(schema: GraphQLSchema, type: string): boolean {
  const entity = schema.getType("_Entity");
  return isUnionType(entity) && entity.getTypes().some(({ name }) => name === type);
}

/** What an answer says of one use: its data and its errors, without the id. */
function saidOf(index: number, id: string, { data, errors = [] }: Answer): string {
  const alias = `f${index}`;
  const said = (data as Record<string, unknown> | null | undefined)?.[alias];
  return masked({ data: said, errors: errors.filter(({ path }) => (path?.[0] ?? alias) === alias) }, id);
}

function masked({ data, errors }: { readonly data?: unknown; readonly errors?: unknown }, id: string): string {
  return JSON.stringify({ data, errors }).replaceAll(id, "ID");
}

function idsIn(text: string): string[] {
  return text.match(/[a-z]{3}_[0-9a-f-]{36}/g) ?? [];
}

/** Every root list, and every field of every known row, with the ids that they bring. */
function everythingSeen({ subgraph, known }: ForeignRows): [string, string, Record<string, unknown>][] {
  const { schema } = subgraph;
  const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field): [string, string, object][] => {
    const ids = idsOf(field);
    return ids === null ? [] : [[field.name, `{ ${ids} }`, {}]];
  });
  const fields = [...known].flatMap(([type, ids]) => {
    const object = schema.getType(type);
    if (!isObjectType(object) || !isEntity(schema, type)) return [];
    const representations = ids.slice(0, 100).map((id) => ({ __typename: type, id }));
    return Object.values(object.getFields()).flatMap((field): [string, string, object][] => {
      const found = idsOf(field);
      const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${found} } } }`;
      return found === null ? [] : [[`${type}.${field.name}`, query, { r: representations }]];
    });
  });
  return [...lists, ...fields].map(([name, query, given]) => [name, query, given as Record<string, unknown>]);
}

/** The selection of the ids behind a field; null where it has none, or needs an argument. */
function idsOf(field: Field): string | null {
  const type = getNamedType(field.type);
  if (field.args.some(isRequiredArgument) || field.name.startsWith("_")) return null;
  if (!isObjectType(type) && !isInterfaceType(type)) return null;
  const first = field.args.some(({ name }) => name === "first") ? "(first: 100)" : "";
  const nodes = getNamedType(type.getFields()["nodes"]?.type);
  if (isObjectType(nodes) || isInterfaceType(nodes))
    return "id" in nodes.getFields() ? `${field.name}${first} { totalCount nodes { __typename id } }` : null;
  return "id" in type.getFields() ? `${field.name}${first} { __typename id }` : null;
}
