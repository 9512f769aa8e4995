import {
  type ConstDirectiveNode,
  type GraphQLSchema,
  Kind,
  getNamedType,
  isInterfaceType,
  isObjectType,
  parse,
  valueFromASTUntyped,
} from "graphql";

/** Who asks, said by hand: what the roles and policies of the house give, for the oracle to judge by. */
export interface Asker {
  readonly authenticated: boolean;
  readonly scopes: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
}

export interface Judge {
  /** Coordinates with a rule of their own. */
  readonly ruled: ReadonlySet<string>;
  type(name: string, asker: Asker): boolean;
  field(type: string, field: string, asker: Asker): boolean;
}

/**
 * Says who may see what by the services' own schemas, as they are written: each rule of each service asked one by one. It
 * shares nothing with what is tested: neither the composed supergraph nor how that is read.
 */
export function readJudge(sdls: readonly string[], schema: GraphQLSchema): Judge {
  const rules = new Map<string, ConstDirectiveNode[]>();
  const add = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    const own = directives.filter(({ name }) => /^(authenticated|requiresScopes|policy)$/.test(name.value));
    if (own.length > 0) rules.set(coordinate, [...(rules.get(coordinate) ?? []), ...own]);
  };
  for (const definition of sdls.flatMap((sdl) => parse(sdl).definitions)) {
    if (!("name" in definition) || !("directives" in definition) || definition.name === undefined) continue;
    add(definition.name.value, definition.directives as readonly ConstDirectiveNode[]);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    for (const field of definition.fields ?? []) add(`${definition.name.value}.${field.name.value}`, field.directives);
  }

  function grants({ name, arguments: given = [] }: ConstDirectiveNode, asker: Asker): boolean {
    if (name.value === "authenticated") return asker.authenticated;
    const any = valueFromASTUntyped(given[0]!.value) as string[][];
    const held = name.value === "policy" ? asker.policies : asker.scopes;
    return any.some((all) => all.every((each) => held.has(each)));
  }
  const met = (coordinate: string, asker: Asker): boolean =>
    (rules.get(coordinate) ?? []).every((rule) => grants(rule, asker));
  const all = (name: string): readonly string[] => {
    const type = schema.getType(name);
    return isInterfaceType(type) ? [name, ...schema.getPossibleTypes(type).map((each) => each.name)] : [name];
  };
  const judge: Judge = {
    ruled: new Set(rules.keys()),
    type: (name, asker) => all(name).every((each) => met(each, asker)),
    field(type, field, asker) {
      if (!judge.type(type, asker)) return false;
      const parent = schema.getType(type);
      const found = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field] : undefined;
      if (found === undefined) return true;
      return (
        all(type).every((each) => met(`${each}.${field}`, asker)) && judge.type(getNamedType(found.type).name, asker)
      );
    },
  };
  return judge;
}
