import { type DocumentNode, Kind } from "graphql";

/** Names that a specification of federation prefixes, and its own. */
const machinery = /^_|__/;
const roots = new Set(["Query", "Mutation", "Subscription"]);

/**
 * What clients see of a supergraph without a description: types, fields, input fields, enum values, as coordinates.
 * Root types name themselves; what federation adds is no client's business.
 */
export function findUndescribed(supergraph: DocumentNode): string[] {
  return supergraph.definitions.flatMap((definition) => {
    if (!("name" in definition) || definition.name === undefined || definition.kind === Kind.DIRECTIVE_DEFINITION)
      return [];
    const name = definition.name.value;
    if (machinery.test(name) || !("description" in definition)) return [];
    const members = [
      ...("fields" in definition ? (definition.fields ?? []) : []),
      ...("values" in definition ? (definition.values ?? []) : []),
    ].filter((member): member is Extract<typeof member, { description?: unknown }> => "description" in member);
    return [
      ...(definition.description === undefined && !roots.has(name) ? [name] : []),
      ...members.filter((member) => member.description === undefined).map((member) => `${name}.${member.name.value}`),
    ];
  });
}
