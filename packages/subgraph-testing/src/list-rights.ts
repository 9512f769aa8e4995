import { newGlobalId } from "@clic/global-id";
import { anonymousViewer, clientViewer, personViewer, roles, type Role, type Viewer } from "@clic/identity";
import type { Subgraph } from "@clic/subgraph-kit";
import { type GraphQLObjectType, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";
import { Client } from "pg";
import type { TestSubgraph } from "./test-subgraph.ts";

type AnyList = NonNullable<Subgraph["slices"][number]["lists"]>[number];

/** What was found out about one field of one list. */
interface Finding {
  /** `Booking.personId as ANALYST`. */
  readonly what: string;
  /** Whether the viewer saw less of the field than there is; undefined where no row that they see has a value. */
  readonly withheld: boolean | undefined;
  /** The uses that were refused with FORBIDDEN, and those that were not. */
  readonly refused: readonly string[];
  readonly allowed: readonly string[];
}

export interface ListRights {
  /** What contradicts the rule: what a viewer may not select they may not filter, order, group or aggregate by, and all else they may. */
  readonly violations: readonly string[];
  /** How many fields × roles were held to what the viewer saw. */
  readonly judged: number;
}

/** A person in every role, as who acts for this organisation, a machine client, and nobody. */
export function everyRole(organisationId: string): [string, Viewer][] {
  const names = Object.keys(roles) as Role[];
  return [
    ["anonymous", anonymousViewer],
    ...names.map((role): [string, Viewer] => [
      role,
      role === "CLIENT"
        ? clientViewer({ clientId: "oracle", roles: [role], scopes: roles.CLIENT.scopes })
        : personViewer({ personId: newGlobalId("Person"), organisationId, roles: [role] }),
    ]),
  ];
}

/**
 * Walks every declared field of every list of a subgraph × every role, and holds each use of a field (filter, order, group,
 * figures, `having`, order of groups) to what that viewer can select of it on the rows they see. The truth is read past
 * row-level security, as the database's superuser.
 * @param selects how a field is selected whose name in the type isn't the property's (`personId` is looked for as `person`)
 */
export async function walkListRights(
  world: TestSubgraph,
  subgraph: Subgraph,
  organisationId: string,
  selects: Readonly<Record<string, string>> = {},
): Promise<ListRights> {
  const superuser = new Client({ connectionString: world.database.url });
  await superuser.connect();
  try {
    const findings: Finding[] = [];
    for (const list of subgraph.slices.flatMap((slice) => slice.lists ?? []))
      for (const [role, viewer] of everyRole(organisationId))
        findings.push(...(await walkList({ world, subgraph, superuser, selects }, list, role, viewer)));
    return {
      violations: findings.flatMap(violation),
      judged: findings.filter(({ withheld }) => withheld !== undefined).length,
    };
  } finally {
    await superuser.end();
  }
}

function violation({ what, withheld, refused, allowed }: Finding): string[] {
  if (withheld === true && allowed.length > 0) return [`${what} is withheld, and yet allowed: ${allowed.join(", ")}`];
  if (withheld === false && refused.length > 0) return [`${what} is shown, and yet refused: ${refused.join(", ")}`];
  if (refused.length > 0 && allowed.length > 0)
    return [`${what} is both refused (${refused.join(", ")}) and allowed (${allowed.join(", ")})`];
  return [];
}

interface Walk {
  readonly world: TestSubgraph;
  readonly subgraph: Subgraph;
  readonly superuser: Client;
  readonly selects: Readonly<Record<string, string>>;
}

async function walkList(walk: Walk, list: AnyList, role: string, viewer: Viewer): Promise<Finding[]> {
  const { world, subgraph, superuser } = walk;
  const declared = Object.entries(list.fields as Record<string, { visibleTo?: unknown }>);
  const root = rootOf(subgraph, list);
  if (root === undefined) {
    const guarded = declared.filter(([, field]) => field.visibleTo).map(([property]) => property);
    if (guarded.length > 0) throw new Error(`${list.node} guards ${guarded.join(", ")} and has no field of Query.`);
    return [];
  }
  const selections = declared.map(([property], index) => `s${index}: ${selectionOf(walk, list, property)}`);
  const uses = declared.flatMap(([property]) => usesOf(subgraph, list, property));
  const answer = await world.ask(
    viewer,
    `{ seen: ${root}(first: 100) { nodes { id ${selections.join(" ")} } }
      ${uses.map(({ text }, index) => `u${index}: ${root}${text}`).join("\n")} }`,
  );
  const data = answer.data as { seen: { nodes: Record<string, unknown>[] } | null };
  const errors = answer.errors ?? [];
  const rows = data.seen?.nodes ?? [];
  const truth = await superuser.query<{ id: string } & Record<string, unknown>>(
    `select id::text, ${declared.map(([property], index) => `"${list.rows.column(property)}" is not null as "s${index}"`).join(", ")}
     from ${list.rows.table()} where id::text = any($1)`,
    [rows.map(({ id }) => (id as string).slice(4))],
  );
  const filled = new Map(truth.rows.map((row) => [row.id, row]));
  const codes = new Map<string, string>();
  for (const { path, extensions } of errors) codes.set(String(path?.[0]), extensions.code);
  const strange = [...codes].filter(([alias, code]) => alias.startsWith("u") && code !== "FORBIDDEN");
  if (strange.length > 0)
    throw new Error(`${list.node} as ${role}: ${JSON.stringify(strange)} ${JSON.stringify(errors)}`);
  return declared.map(([property], index) => {
    const withValue = rows.filter(({ id }) => filled.get((id as string).slice(4))?.[`s${index}`] === true);
    const hidden = withValue.some((row) => row[`s${index}`] == null);
    const own = uses.flatMap((use, place) => (use.property === property ? [{ ...use, place }] : []));
    return {
      what: `${list.node}.${property} as ${role}`,
      withheld: withValue.length === 0 ? undefined : hidden,
      refused: own.filter(({ place }) => codes.has(`u${place}`)).map(({ kind }) => kind),
      allowed: own.filter(({ place }) => !codes.has(`u${place}`)).map(({ kind }) => kind),
    };
  });
}

/** The field of Query that lists these nodes. */
export function rootOf({ schema }: Subgraph, list: AnyList): string | undefined {
  const connection = list.connection ?? `${list.node}Connection`;
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  return fields.find(({ type }) => String(type).replace("!", "") === connection)?.name;
}

function selectionOf({ subgraph, selects }: Walk, list: AnyList, property: string): string {
  const given = selects[`${list.node}.${property}`];
  if (given !== undefined) return given;
  const type = subgraph.schema.getType(list.node) as GraphQLObjectType;
  const fields = type.getFields();
  if (fields[property] !== undefined) return property;
  const reference = property.replace(/Id$/, "");
  if (fields[reference] !== undefined) return `${reference} { __typename }`;
  throw new Error(`${list.node} has no field ${property} or ${reference}: say how it is selected.`);
}

interface Use {
  readonly property: string;
  readonly kind: string;
  /** What follows the list's field. */
  readonly text: string;
}

/** Every use that the SDL offers of a field. */
function usesOf({ schema }: Subgraph, list: AnyList, property: string): Use[] {
  const { node } = list;
  const uses: Use[] = [];
  const use = (kind: string, text: string): void => void uses.push({ property, kind, text });
  const capitals = property.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  const offers = (type: string, name: string): boolean => {
    const found = schema.getType(type);
    if (isEnumType(found)) return found.getValue(name) !== undefined;
    return (isInputObjectType(found) || isObjectType(found) || isInterfaceType(found)) && name in found.getFields();
  };
  if (offers(`${node}Where`, property)) {
    use("filter", `(where: { ${property}: { isNull: true } }) { totalCount }`);
    use("negated filter", `(where: { not: { or: [{ ${property}: { isNull: false } }] } }) { totalCount }`);
  }
  if (offers(`${node}OrderField`, capitals))
    use("order", `(first: 1, orderBy: [{ field: ${capitals} }]) { nodes { __typename } }`);
  if (offers(`${node}GroupField`, capitals))
    use("group", ` { groupBy(keys: [{ field: ${capitals} }], first: 1) { count } }`);
  const open = Object.entries(list.fields as Record<string, { group?: true; visibleTo?: unknown }>).find(
    ([, field]) => field.group && !field.visibleTo,
  )?.[0];
  const openKey = open?.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  for (const figure of ["Sum", "Avg", "Min", "Max"]) {
    if (!offers(`${node}${figure}`, property)) continue;
    const name = figure.toLowerCase();
    use(name, ` { aggregate { ${name} { ${property} } } }`);
    if (openKey === undefined) continue;
    const groups = `groupBy(keys: [{ field: ${openKey} }], first: 1`;
    use(`${name} of groups`, ` { ${groups}) { ${name} { ${property} } } }`);
    use(`having ${name}`, ` { ${groups}, having: { ${name}: { ${property}: { isNull: true } } }) { count } }`);
    use(`groups by ${name}`, ` { ${groups}, orderBy: [{ field: ${name.toUpperCase()}_${capitals} }]) { count } }`);
  }
  return uses;
}
