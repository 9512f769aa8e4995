import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from "graphql";
import { AuthorisationRefused } from "./authorisation.errors.ts";

/** A specification that the schema links, as `@link` (or the older `@core`) says. */
export interface LinkedFeature {
  /** The URL without the version: what tells features apart, whatever they are called here. */
  readonly identity: string;
  readonly version: string;
  readonly purpose: string | undefined;
  /** The application that links it. */
  readonly node: ConstDirectiveNode;
  /** Every name that a directive of the specification has in this schema. */
  directiveNames(name: string): readonly string[];
  /** Whether a directive of this name is one of the specification's. */
  claims(directive: string): boolean;
  /** The name that a type of the specification has in this schema. */
  typeName(name: string): string;
}

const BOOTSTRAPS = { "https://specs.apollo.dev/link": "link", "https://specs.apollo.dev/core": "core" } as const;

/**
 * The features that a schema links. The linking directive itself is found by its URL too, since it may be renamed.
 * Empty where the schema links nothing. Throws AuthorisationRefused for links that can't be read or that come twice.
 */
export function readLinkedFeatures(document: DocumentNode): readonly LinkedFeature[] {
  const applied = document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
      : [],
  );
  const names = new Set(applied.filter(linksItself).map(({ name }) => name.value));
  if (names.size > 1) throw new AuthorisationRefused("The schema links by two directives at once.");
  const features = applied.filter(({ name }) => names.has(name.value)).map(readFeature);
  const identities = features.map(({ identity }) => identity);
  const twice = identities.find((identity, index) => identities.indexOf(identity) < index);
  if (twice !== undefined) throw new AuthorisationRefused(`The schema links ${twice} twice.`);
  return features;
}

function linksItself(node: ConstDirectiveNode): boolean {
  const { url, as } = readArguments(node);
  const identity = typeof url === "string" ? splitUrl(url)?.identity : undefined;
  if (identity === undefined || !Object.hasOwn(BOOTSTRAPS, identity)) return false;
  return node.name.value === (as ?? BOOTSTRAPS[identity as keyof typeof BOOTSTRAPS]);
}

function readFeature(node: ConstDirectiveNode): LinkedFeature {
  const { url, as, purpose, imports } = readArguments(node);
  const split = typeof url === "string" ? splitUrl(url) : undefined;
  if (split === undefined || (as !== undefined && typeof as !== "string"))
    throw new AuthorisationRefused(`A link can't be read: ${String(url)}`);
  const { identity, version, name: own } = split;
  const prefix = as ?? own;
  const imported = (name: string): string[] => imports.filter((each) => each.name === name).map(({ as }) => as);
  return {
    identity,
    version,
    purpose: typeof purpose === "string" ? purpose : undefined,
    node,
    directiveNames(name) {
      const found = imported(`@${name}`);
      if (found.length > 0) return found.map((each) => each.slice(1));
      return [name === own ? prefix : `${prefix}__${name}`];
    },
    claims: (directive) =>
      directive === prefix || directive.startsWith(`${prefix}__`) || imports.some(({ as }) => as === `@${directive}`),
    typeName: (name) => imported(name)[0] ?? `${prefix}__${name}`,
  };
}

interface LinkArguments {
  readonly url: unknown;
  readonly as: unknown;
  readonly purpose: unknown;
  readonly imports: readonly { readonly name: string; readonly as: string }[];
}

function readArguments(node: ConstDirectiveNode): LinkArguments {
  const given: Record<string, unknown> = Object.fromEntries(
    (node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value) ?? undefined]),
  );
  const listed: readonly unknown[] = Array.isArray(given["import"]) ? given["import"] : [];
  const imports = listed.map((each) => {
    const { name, as } = (typeof each === "string" ? { name: each } : each) as { name?: unknown; as?: unknown };
    if (typeof name !== "string" || (as !== undefined && typeof as !== "string"))
      throw new AuthorisationRefused(`An import can't be read: ${JSON.stringify(each)}`);
    return { name, as: as ?? name };
  });
  return { url: given["url"] ?? given["feature"], as: given["as"], purpose: given["for"], imports };
}

function splitUrl(text: string): { identity: string; version: string; name: string } | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, pathname } = new URL(text);
  const parts = pathname.split("/").filter((part) => part !== "");
  const version = /^v\d+\.\d+$/.test(parts.at(-1) ?? "") ? parts.pop()! : "";
  return { identity: `${protocol}//${[host, ...parts].join("/")}`, version, name: parts.at(-1) ?? host };
}
