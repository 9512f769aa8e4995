import type { GraphQLCompositeType, GraphQLObjectType, GraphQLOutputType, GraphQLSchema } from "graphql";
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";

/** Numbers that follow from a seed. */
export function randomness(seed: number): {
  below(limit: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
} {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, chance: (share) => next() < share, pick: (from) => from[below(from.length)]! };
}
export type Randomness = ReturnType<typeof randomness>;

/** What a rule of the generator says; the reference judges by this, never by the SDL. */
export type Ask =
  | { readonly kind: "authenticated" }
  | { readonly kind: "scopes" | "policies"; readonly any: readonly (readonly string[])[] };

export interface RandomGraph {
  readonly sdl: string;
  readonly asks: ReadonlyMap<string, readonly Ask[]>;
}

const LINKS = `schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY, import: [{name: "@authenticated", as: "@signedIn"}])
  @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", as: "needs", for: SECURITY)
  @link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY)
{ query: Root mutation: Change }
`;
const SCOPES = ["a", "b", "c"];

export interface RandomGraphOptions {
  /** What stands in front of the types: what links the directives `@signedIn`, `@needs` and `@policy`. */
  readonly head: string;
  readonly roots: readonly [query: string, mutation: string];
  readonly policies: readonly string[];
  /** Whether interfaces may have rules of their own, which composition forbids to subgraphs. */
  readonly onInterfaces: boolean;
}

const supergraph: RandomGraphOptions = {
  head: LINKS,
  roots: ["Root", "Change"],
  policies: ["p", "q"],
  onInterfaces: true,
};

/** A schema with two interfaces, five objects, a union, a scalar and an enum, and rules anywhere. */
export function randomGraph(random: Randomness, options: RandomGraphOptions = supergraph): RandomGraph {
  const { head, roots, policies, onInterfaces } = options;
  const asks = new Map<string, readonly Ask[]>();
  const share = random.pick([0.05, 0.15, 0.3]);
  const ask = (): Ask => {
    const kind = random.pick(["authenticated", "scopes", policies.length > 0 ? "policies" : "scopes"] as const);
    if (kind === "authenticated") return { kind };
    const names = kind === "scopes" ? SCOPES : policies;
    const any = Array.from({ length: 1 + random.below(2) }, () =>
      Array.from({ length: 1 + random.below(2) }, () => random.pick(names)),
    );
    return { kind, any };
  };
  const protect = (coordinate: string): string => {
    if (!random.chance(share) || (coordinate.startsWith("I") && !onInterfaces)) return "";
    const drawn = Array.from({ length: random.chance(0.2) ? 2 : 1 }, ask);
    const list = drawn.filter(({ kind }, at) => drawn.findIndex((each) => each.kind === kind) === at);
    asks.set(coordinate, list);
    return list.map((each) => ` ${printAsk(each)}`).join("");
  };
  const names = ["I0", "I1", "O0", "O1", "O2", "O3", "O4", "U0", "S0", "E0", "String", "Int"];
  const wrapped = (): string => {
    const name = random.pick(names);
    return random.pick([name, name, `${name}!`, `[${name}]`, `[${name}!]`, `[${name}!]!`]);
  };
  const interfaces = ["I0", "I1"].map((name) => ({
    name,
    fields: [0, 1].map((index) => [`${name.toLowerCase()}f${index}`, wrapped()] as const),
  }));
  const printFields = (type: string, fields: readonly (readonly [string, string])[]): string =>
    fields.map(([name, of]) => `  ${name}: ${of}${protect(`${type}.${name}`)}`).join("\n");
  const parts = interfaces.map(({ name, fields }) => `interface ${name} {\n${printFields(name, fields)}\n}`);
  for (const name of ["O0", "O1", "O2", "O3", "O4", ...roots]) {
    const root = !name.startsWith("O");
    const implemented = root
      ? []
      : interfaces.filter(({ name: each }, at) => random.chance(0.5) || name === `O${at}` || !each);
    const own = ["x", "y", "z"].map((field) => [field, wrapped()] as const);
    const interfaceList =
      implemented.length > 0 ? ` implements ${implemented.map((each) => each.name).join(" & ")}` : "";
    const rule = root && random.chance(0.8) ? "" : protect(name);
    parts.push(
      `type ${name}${interfaceList}${rule} {\n${printFields(name, [...implemented.flatMap((each) => each.fields), ...own])}\n}`,
    );
  }
  parts.push("union U0 = O0 | O1 | O3", `scalar S0${protect("S0")}`, `enum E0${protect("E0")} { ONE }`);
  return { sdl: head + parts.join("\n"), asks };
}

function printAsk(ask: Ask): string {
  if (ask.kind === "authenticated") return "@signedIn";
  return ask.kind === "scopes"
    ? `@needs(scopes: ${JSON.stringify(ask.any)})`
    : `@policy(policies: ${JSON.stringify(ask.any)})`;
}

/** A document of one operation over the schema. Not always valid: two fields may claim one key. */
export function randomDocument(schema: GraphQLSchema, random: Randomness): string {
  const fragments: string[] = [];
  const abstracts = ["I0", "I1", "U0", "O0", "O1", "O2", "O3", "O4"].map(
    (name) => schema.getType(name) as GraphQLCompositeType,
  );
  const possible = (type: GraphQLCompositeType): readonly GraphQLObjectType[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  const condition = (): string =>
    random.chance(0.15)
      ? ` @${random.pick(["include", "skip"])}(if: ${random.pick(["$v", "$w", "true", "false"])})`
      : "";

  function set(type: GraphQLCompositeType, depth: number): string {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const within = abstracts.filter((each) => possible(each).some((one) => possible(type).includes(one)));
    const selections = Array.from({ length: 1 + random.below(4) }, (): string => {
      const fragment = depth > 0 && within.length > 0 && random.chance(isAbstractType(type) ? 0.6 : 0.2);
      if (fragment) {
        const on = random.pick(within);
        const inner = set(on, depth - 1);
        if (random.chance(0.4))
          return `...${condition()} on ${on.name} ${inner}`.replace(/^\.\.\.( @.*?\)) on (\w+)/, "... on $2$1");
        const name = `F${fragments.length}`;
        fragments.push(`fragment ${name} on ${on.name} ${inner}`);
        return `...${name}${condition()}`;
      }
      const usable = fields.filter((field) => depth > 0 || !isCompositeType(getNamedType(field.type)));
      if (usable.length === 0 || random.chance(0.1)) return random.chance(0.2) ? "kind: __typename" : "__typename";
      const field = random.pick(usable);
      const named = getNamedType(field.type);
      const alias = random.chance(0.15) ? `${random.pick(["x", "y", "other", "authorisedType"])}: ` : "";
      return `${alias}${field.name}${condition()}${isCompositeType(named) ? ` ${set(named, depth - 1)}` : ""}`;
    });
    return `{ ${selections.join(" ")} }`;
  }
  const [kind, root] = random.chance(0.9)
    ? (["query", schema.getQueryType()!] as const)
    : (["mutation", schema.getMutationType()!] as const);
  const body = set(root, 4);
  const text = `${body} ${fragments.join(" ")}`;
  const variables = ["v", "w"]
    .filter((name) => text.includes(`$${name}`))
    .map((name) => `$${name}: Boolean = ${name === "v"}`);
  return `${kind} Q${variables.length > 0 ? `(${variables.join(", ")})` : ""} ${text}`;
}

/** A value that follows from the place alone: what is asked beside it never changes it. */
export function valueAt(type: GraphQLOutputType, place: string, schema: GraphQLSchema): unknown {
  const random = randomness(Array.from(place).reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7));
  if (isNonNullType(type)) return present(type.ofType, place, schema, random);
  return random.chance(0.1) ? null : present(type, place, schema, random);
}

function present(type: GraphQLOutputType, place: string, schema: GraphQLSchema, random: Randomness): unknown {
  if (isListType(type))
    return Array.from({ length: random.below(3) }, (_, index) =>
      valueAt(type.ofType as GraphQLOutputType, `${place}/${index}`, schema),
    );
  if (isNonNullType(type)) return present(type.ofType, place, schema, random);
  if (isAbstractType(type)) return { __typename: random.pick(schema.getPossibleTypes(type)).name };
  if (isObjectType(type)) return { __typename: type.name };
  return type.name === "Int" ? random.below(100) : type.name === "E0" ? "ONE" : place;
}
