import {
  type DocumentNode,
  type GraphQLInterfaceType,
  type GraphQLSchema,
  buildASTSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isScalarType,
} from "graphql";
import { AuthorisationRefused } from "./authorisation.errors.ts";
import type { AuthorisationRules } from "./authorisation.rules.ts";
import type { Clause, Requirement } from "./requirement.ts";

/** What the schema asks at each coordinate, with everything inherited. */
export interface Guard {
  readonly schema: GraphQLSchema;
  /** Every clause that anything asks for, once. */
  readonly clauses: readonly Clause[];
  /** Asked of who enters the type: by a fragment, or because something returns it. For an interface, what all its implementers ask. */
  ofType(type: string): Requirement;
  /** Asked of who selects the field: what its parent type, the field and its return type ask together. */
  ofField(type: string, field: string): Requirement;
}

/**
 * Holds the rules to the supergraph that they were taken from, and works out what each coordinate inherits. An interface
 * and its fields ask what every implementer asks; an implementer asks nothing that only the interface says. A union asks
 * nothing: each member asks for itself. Throws AuthorisationRefused where a rule has no place in the schema.
 */
export function createGuard(rules: AuthorisationRules, supergraph: DocumentNode): Guard {
  const schema = buildASTSchema(supergraph, { assumeValid: true, assumeValidSDL: true });
  for (const coordinate of rules.keys()) refuseStray(coordinate, schema);

  const known = new Map<string, Clause>();
  const types = new Map<string, Requirement>();
  const fields = new Map<string, Requirement>();

  /** Merges what coordinates ask; equal clauses become one object, so that they can be told apart by identity. */
  function merge(...requirements: readonly Requirement[]): Requirement {
    const clauses = requirements.flat().map((clause) => {
      const key = JSON.stringify(clause);
      const first = known.get(key) ?? clause;
      known.set(key, first);
      return first;
    });
    return [...new Set(clauses)];
  }
  const implementersOf = (type: GraphQLInterfaceType): string[] => {
    const { objects, interfaces } = schema.getImplementations(type);
    return [...objects, ...interfaces].map(({ name }) => name);
  };
  const written = (coordinate: string): Requirement => rules.get(coordinate) ?? [];

  for (const type of Object.values(schema.getTypeMap())) {
    const same = isInterfaceType(type) ? [type.name, ...implementersOf(type)] : [type.name];
    types.set(type.name, merge(...same.map(written)));
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const same = isInterfaceType(type) ? [type.name, ...implementersOf(type)] : [type.name];
    for (const field of Object.values(type.getFields())) {
      const asked = same.map((each) => written(`${each}.${field.name}`));
      const returned = types.get(getNamedType(field.type).name) ?? [];
      fields.set(`${type.name}.${field.name}`, merge(types.get(type.name) ?? [], ...asked, returned));
    }
  }
  return {
    schema,
    clauses: [...known.values()],
    ofType: (type) => types.get(type) ?? [],
    ofField: (type, field) => fields.get(`${type}.${field}`) ?? types.get(type) ?? [],
  };
}

function refuseStray(coordinate: string, schema: GraphQLSchema): void {
  const [name = "", field] = coordinate.split(".");
  const type = schema.getType(name);
  const holds =
    field === undefined
      ? isObjectType(type) || isInterfaceType(type) || isScalarType(type) || isEnumType(type)
      : (isObjectType(type) || isInterfaceType(type)) && Object.hasOwn(type.getFields(), field);
  if (!holds) throw new AuthorisationRefused(`There is a rule for ${coordinate}, which the supergraph doesn't have.`);
}
