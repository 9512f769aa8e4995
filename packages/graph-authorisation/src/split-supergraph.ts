import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  print,
  visit,
} from "graphql";
import { AuthorisationRefused } from "./authorisation.errors.ts";
import {
  type AuthorisationFeature,
  type AuthorisationRules,
  authorisationFeatures,
  readClause,
} from "./authorisation.rules.ts";
import { type LinkedFeature, readLinkedFeatures } from "./linked-features.ts";
import type { Clause } from "./requirement.ts";

/** A supergraph in two parts: what plans and serves it, and who may see what. */
export interface SplitSupergraph {
  /** The SDL without the directives, for libraries that refuse or ignore them. The very text where it has none. */
  readonly supergraph: string;
  readonly rules: AuthorisationRules;
}

/** What is for security and may be served. Every other feature that says it is for security refuses the supergraph. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.keys(authorisationFeatures).map((identity) => [identity, ["v0.1"]])),
  "https://specs.apollo.dev/inaccessible": ["v0.1", "v0.2"],
};

/**
 * Takes the authorisation out of a composed SDL. Directives are found by the URL of their specification, under whatever
 * name. Throws AuthorisationRefused for what would be left unenforced: a security feature or version it doesn't know, a
 * directive with a known name that is not linked, an application where it has no meaning or with arguments it can't read.
 * Throws GraphQLError for bad syntax.
 */
export function splitSupergraph(sdl: string): SplitSupergraph {
  const document = parse(sdl, { noLocation: true });
  const features = readLinkedFeatures(document);
  for (const { identity, version, purpose } of features) {
    const versions = Object.hasOwn(KNOWN, identity) ? KNOWN[identity]! : undefined;
    if (versions === undefined ? purpose === "SECURITY" : !versions.includes(version))
      throw new AuthorisationRefused(
        `The security feature ${identity}/${version} is unknown, so it can't be enforced.`,
      );
  }
  const linked = features.filter(({ identity }) => Object.hasOwn(authorisationFeatures, identity));
  const directives = namesOf(linked);
  refuseUnlinked(document, features);
  const rules = readRules(document, directives);
  return { supergraph: linked.length === 0 ? sdl : print(strip(document, linked, directives)), rules };
}

function featureOf({ identity }: LinkedFeature): AuthorisationFeature {
  return authorisationFeatures[identity as keyof typeof authorisationFeatures];
}

function namesOf(linked: readonly LinkedFeature[]): Directives {
  const names = new Map<string, AuthorisationFeature>();
  for (const each of linked) {
    for (const name of each.directiveNames(featureOf(each).directive)) {
      if (names.has(name)) throw new AuthorisationRefused(`@${name} is linked as two directives at once.`);
      names.set(name, featureOf(each));
    }
  }
  return names;
}

/** A directive that looks like ours and is nobody's would be the quietest way to protect nothing. */
function refuseUnlinked(document: DocumentNode, features: readonly LinkedFeature[]): void {
  const ours = new Set<string>(Object.values(authorisationFeatures).map(({ directive }) => directive));
  visit(document, {
    Directive({ name: { value } }) {
      if (ours.has(value) && !features.some((feature) => feature.claims(value)))
        throw new AuthorisationRefused(`@${value} is used, but no @link says what it is.`);
    },
  });
}

type Directives = ReadonlyMap<string, AuthorisationFeature>;

function readRules(document: DocumentNode, directives: Directives): AuthorisationRules {
  const rules = new Map<string, Clause[]>();
  const read = new Set<ConstDirectiveNode>();
  const add = (place: string, applied: readonly ConstDirectiveNode[] = []): void => {
    for (const node of applied) {
      const feature = directives.get(node.name.value);
      if (feature === undefined) continue;
      read.add(node);
      rules.set(place, [...(rules.get(place) ?? []), ...readClause(feature, node, place)]);
    }
  };
  for (const definition of document.definitions) {
    const type = enforceable(definition);
    if (type === undefined) continue;
    add(type.name.value, type.directives);
    for (const field of type.fields) add(`${type.name.value}.${field.name.value}`, field.directives);
  }
  visit(document, {
    Directive(node) {
      if (directives.has(node.name.value) && !read.has(node as ConstDirectiveNode))
        throw new AuthorisationRefused(`@${node.name.value} stands where it protects nothing.`);
    },
  });
  return rules;
}

function enforceable(definition: DefinitionNode):
  | {
      name: { value: string };
      directives?: readonly ConstDirectiveNode[] | undefined;
      fields: readonly FieldDefinitionNode[];
    }
  | undefined {
  if (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.OBJECT_TYPE_EXTENSION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    definition.kind === Kind.INTERFACE_TYPE_EXTENSION
  )
    return { name: definition.name, directives: definition.directives, fields: definition.fields ?? [] };
  if (
    definition.kind === Kind.SCALAR_TYPE_DEFINITION ||
    definition.kind === Kind.SCALAR_TYPE_EXTENSION ||
    definition.kind === Kind.ENUM_TYPE_DEFINITION ||
    definition.kind === Kind.ENUM_TYPE_EXTENSION
  )
    return { name: definition.name, directives: definition.directives, fields: [] };
  return undefined;
}

function strip(document: DocumentNode, linked: readonly LinkedFeature[], directives: Directives): DocumentNode {
  const links = new Set<unknown>(linked.map(({ node }) => node));
  const types = new Set(
    linked.flatMap((feature) => {
      const { type } = featureOf(feature);
      return type === undefined ? [] : [feature.typeName(type)];
    }),
  );
  return visit(document, {
    Directive: (node) => (links.has(node) || directives.has(node.name.value) ? null : undefined),
    DirectiveDefinition: (node) => (directives.has(node.name.value) ? null : undefined),
    ScalarTypeDefinition: (node) => (types.has(node.name.value) ? null : undefined),
  });
}
