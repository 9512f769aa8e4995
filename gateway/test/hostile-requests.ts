import { brotliCompressSync, constants, gzipSync } from "node:zlib";

export interface HostileRequest {
  readonly name: string;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
  /** Sent by GET. */
  readonly search?: string;
}

const MB = 1024 * 1024;
const many = (count: number, make: (n: number) => string, between = " "): string =>
  Array.from({ length: count }, (_, n) => make(n)).join(between);
const asking = (query: string, variables: unknown = {}): string => JSON.stringify({ query, variables });

/**
 * What somebody would send who wants the gateway to stand still, at the limits and beyond them, over the project's own
 * supergraph. `salt` makes each anew: nothing remembered about one round helps in the next.
 */
export function hostileRequests(salt: string): readonly HostileRequest[] {
  const documents: Record<string, string> = {
    "doubled fragments": `{ workItems { nodes { ...F0 } } } ${many(30, (n) => `fragment F${n} on WorkItem { ...F${n + 1} ...F${n + 1} }`)} fragment F30 on WorkItem { title }`,
    "doubled fragments with aliases": `{ workItems { nodes { ...F0 } } } ${many(5, (n) => `fragment F${n} on WorkItem { a: leadOrganisation { workItems { nodes { ...F${n + 1} } } } b: leadOrganisation { workItems { nodes { ...F${n + 1} } } } }`)} fragment F5 on WorkItem { title }`,
    "fields at the limit of selections": `{ workItems { nodes { ${many(100, (n) => `a${n}: title`)} ${many(190, () => "title")} } } }`,
    "fields beyond it": `{ workItems { nodes { ${many(100_000, () => "id")} } } }`,
    "the same object again and again": `{ workItems { nodes { ${many(330, () => "leadOrganisation { name }")} } } }`,
    "the same object as often as may be": `{ workItems { nodes { ${many(140, () => "leadOrganisation { name }")} } } }`,
    "few fields in each of many places": `{ ${many(24, (n) => `a${n}: workItems { nodes { ${many(4, () => "leadOrganisation { name id } title")} } }`)} }`,
    "the same objects, three deep": `{ workItems { nodes { ${many(60, () => "leadOrganisation { workItems { nodes { id } } }")} } } }`,
    "objects within the same objects": `{ ${many(40, () => `workItems { nodes { ${many(6, () => "leadOrganisation { name id }")} } }`)} }`,
    "conflicts of each with each": `{ workItems { nodes { ${many(100, (n) => `x${n % 2}: ${n % 3 ? "title" : "id"}`)} } } }`,
    "aliases at the limit": `{ ${many(50, (n) => `a${n}: workItems { nodes { t: title } }`)} }`,
    "aliases beyond it": `{ ${many(200, (n) => `a${n}: workItems { totalCount }`)} }`,
    "fragments beside one another": `{ workItems { nodes { ${many(160, (n) => `...F${n}`)} } } } ${many(160, (n) => `fragment F${n} on WorkItem { title id }`)}`,
    "fragments beside one another that meet nowhere": `{ workItems { nodes { ${many(120, (n) => `...F${n}`)} } } } ${many(120, (n) => `fragment F${n} on WorkItem { ${n < 100 ? `a${n}: ` : ""}id }`)}`,
    "fragments in a long chain": `{ workItems { nodes { ...F0 } } } ${many(220, (n) => `fragment F${n} on WorkItem { ...F${n + 1} }`)} fragment F220 on WorkItem { id }`,
    "fragments in a chain": `{ workItems { nodes { ...F0 } } } ${many(220, (n) => `fragment F${n} on WorkItem { id ...F${n + 1} }`)} fragment F220 on WorkItem { id }`,
    "fragments in a circle": `{ workItems { nodes { ...F0 } } } ${many(140, (n) => `fragment F${n} on WorkItem { id ...F${(n + 1) % 140} ...F${(n * 7) % 140} }`)}`,
    "fragments that nobody spreads": `{ __typename } ${many(270, (n) => `fragment F${n} on WorkItem { id }`)}`,
    "inline fragments on every type": `{ nodes(ids: []) { ${many(150, () => "... on LearningInitiative { id } ... on Rpiw { id }")} } }`,
    "nesting of fields": `{ ${"workItems { nodes { leadOrganisation { ".repeat(200)} id ${"} } } ".repeat(200)} }`,
    "nesting beyond all": "{a".repeat(40_000),
    "nesting of lists": `{ nodes(ids: ${"[".repeat(900)}${"]".repeat(900)}) { id } }`,
    "nesting of objects": `{ workItems(where: ${"{not: ".repeat(450)}{}${"}".repeat(450)}) { totalCount } }`,
    "nesting of types": `query($a: ${"[".repeat(900)}ID${"]".repeat(900)}) { node(id: $a) { id } }`,
    "directives at the limit": `{ workItems { nodes { ${many(50, () => "title @include(if: true)")} } } }`,
    "directives beyond it": `{ workItems { nodes { title ${"@include(if: true) ".repeat(10_000)} } } }`,
    "conditions on every field": `query(${many(50, (n) => `$v${n}: Boolean = true`)}) { workItems { nodes { ${many(50, (n) => `a${n}: title @include(if: $v${n})`)} } } }`,
    "unknown fields": `{ workItems { nodes { ${many(900, (n) => `leadOrganisatian${n}`)} } } }`,
    "unknown fields of the root": `{ ${many(50, (n) => `workItemz${n}`)} }`,
    "unknown fields with long names": `{ ${many(50, (n) => `${"workItems".repeat(200)}${n}`)} }`,
    "unknown arguments": `{ workItems(${many(400, (n) => `firzt${n}: 1`)}) { totalCount } }`,
    "variables without end": `query(${many(10_000, (n) => `$v${n}: Int`)}) { __typename }`,
    "variables at the limit, none used": `query(${many(100, (n) => `$v${n}: Int`)}) { __typename }`,
    "operations without end": many(10_000, (n) => `query Q${n} { __typename }`),
    "operations at the limit, over all fragments": `${many(20, (n) => `query Q${n} { workItems { nodes { ...F0 } } }`)} ${many(150, (n) => `fragment F${n} on WorkItem { id ...F${n + 1} }`)} fragment F150 on WorkItem { id }`,
    "a number of 99,000 digits": `{ workItems(first: ${"9".repeat(99_000)}) { totalCount } }`,
    "a number of a million digits": `{ workItems(first: ${"9".repeat(MB - 1_000)}) { totalCount } }`,
    "a fraction of 99,000 digits": `{ workItems(first: 0.${"7".repeat(99_000)}) { totalCount } }`,
    "a list of numbers": `{ nodes(ids: [${many(1_900, (n) => `${n}`)}]) { id } }`,
    "a string of 99,000 characters": `{ node(id: "${"x".repeat(99_000)}") { id } }`,
    "a string of escapes": `{ node(id: "${"\\u00e4".repeat(16_000)}") { id } }`,
    "a string of astral escapes": `{ node(id: "${"\\u{1F600}".repeat(11_000)}") { id } }`,
    "a block string of lines": `{ node(id: """${"\n    x".repeat(16_000)}""") { id } }`,
    "a block string of empty lines": `{ node(id: """${"\n".repeat(95_000)}""") { id } }`,
    "a block string of quotes": `{ node(id: """${'\\"""'.repeat(24_000)}""") { id } }`,
    "an open string": `{ node(id: "${"x".repeat(99_000)}`,
    commas: `{ __typename ${",".repeat(99_000)} }`,
    "a million commas": `{ __typename ${",".repeat(1_000_000)} }`,
    "a comment": `{ __typename } #${"x".repeat(99_000)}`,
    "many comments": `{ __typename } ${"#\n".repeat(49_000)}`,
    "byte order marks": `{ __typename ${"\ufeff".repeat(90_000)} }`,
    "emoji for names": `{ ${"😀".repeat(20_000)} }`,
    "introspection in circles": `{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }`,
    "introspection by many aliases": `{ ${many(50, (n) => `a${n}: __schema { types { fields { name type { name fields { name } } } } }`)} }`,
    "the same again by __type": `{ ${many(50, (n) => `a${n}: __type(name: "Query") { fields { name type { name fields { name type { name } } } } }`)} }`,
  };
  const bodies: Record<string, string | Buffer> = {
    "a list of half a million numbers": asking("{ __typename }", { a: Array.from({ length: 500_000 }, () => 1) }),
    "a list of wrong values at the limit": asking("query($a: [ID!]!) { nodes(ids: $a) { id } }", {
      a: Array.from({ length: 4_900 }, () => [{}]),
    }),
    "a list of right values at the limit": asking("query($a: [ID!]!) { nodes(ids: $a) { id } }", {
      a: Array.from({ length: 9_900 }, (_, n) => `evt_${n}`),
    }),
    "an object of wrong fields": asking("query($w: WorkItemWhere) { workItems(where: $w) { totalCount } }", {
      w: Object.fromEntries(Array.from({ length: 9_900 }, (_, n) => [`titel${n}`, n])),
    }),
    "an object in wrong objects": asking("query($w: WorkItemWhere) { workItems(where: $w) { totalCount } }", {
      w: { or: Array.from({ length: 4_900 }, (_, n) => ({ titel: n })) },
    }),
    "variables that nobody asked for": asking(
      "{ __typename }",
      Object.fromEntries(Array.from({ length: 9_900 }, (_, n) => [`v${n}`, n])),
    ),
    "a string of a megabyte": asking("query($a: ID!) { node(id: $a) { id } }", { a: "x".repeat(MB - 1_000) }),
    "a megabyte of escapes": `{"query":"query($a: ID!) { node(id: $a) { id } }","variables":{"a":"${"\\u00e4".repeat(170_000)}"}}`,
    "a megabyte of emoji": asking("query($a: ID!) { node(id: $a) { id } }", { a: "😀".repeat(250_000) }),
    "a wrong value of a megabyte": asking("query($a: Int!) { workItems(first: $a) { totalCount } }", {
      a: "x".repeat(MB - 1_000),
    }),
    "a number of a megabyte": `{"query":"query($a: Int) { workItems(first: $a) { totalCount } }","variables":{"a":${"9".repeat(MB - 1_000)}}}`,
    "a fraction of a megabyte": `{"query":"query($a: Int) { workItems(first: $a) { totalCount } }","variables":{"a":0.${"7".repeat(MB - 1_000)}}}`,
    "nested lists": `{"query":"{ __typename }","variables":{"a":${"[".repeat(500_000)}${"]".repeat(500_000)}}}`,
    "nested objects": `{"query":"{ __typename }","variables":${'{"a":'.repeat(150_000)}1${"}".repeat(150_000)}}`,
    "the same key again and again": `{"query":"{ __typename }","variables":{${many(9_900, () => '"a":1', ",")}}}`,
    prototypes: `{"query":"{ __typename }","variables":{${many(4_900, () => '"\\u005f_proto__":{}', ",")}}}`,
    spaces: `{"query":"{ __typename }"${" ".repeat(MB - 1_000)}}`,
    "no JSON of a megabyte": "x".repeat(MB - 1_000),
    "an operation's name of a megabyte": JSON.stringify({
      query: "{ __typename }",
      operationName: "x".repeat(MB - 1_000),
    }),
    "a hash of a megabyte": JSON.stringify({
      extensions: { persistedQuery: { version: 1, sha256Hash: "x".repeat(MB - 1_000) } },
    }),
    "a batch of thousands": `[${many(9_000, () => '{"query":"{ __typename }"}', ",")}]`,
  };
  const compressed: readonly HostileRequest[] = [
    { name: "a gzip bomb", body: bombs().gzip, headers: { "content-encoding": "gzip" } },
    { name: "a brotli bomb", body: bombs().brotli, headers: { "content-encoding": "br" } },
  ];
  const headers: readonly HostileRequest[] = [
    {
      name: "a token of 12 KB",
      headers: { authorization: `Bearer ${"a.".repeat(6_000)}` },
      body: asking("{ __typename }"),
    },
    {
      name: "an accept header of 12 KB",
      headers: { accept: many(1_500, (n) => `a/b${n};q=1`, ",") },
      body: asking("{ __typename }"),
    },
    {
      name: "a content type of 12 KB",
      headers: { "content-type": `application/json${";    a=b".repeat(1_500)}` },
      body: asking("{ __typename }"),
    },
    {
      name: "a search of 14 KB",
      search: `query=${encodeURIComponent(`{ workItems { nodes { ${many(800, () => "id")} } } }`)}`,
    },
    { name: "a search of separators", search: `query={__typename}${"&".repeat(13_000)}` },
    { name: "a search of broken escapes", search: `query={__typename}&variables=${"%".repeat(13_000)}` },
    { name: "nested JSON in a search", search: `query={__typename}&extensions=${"[".repeat(13_000)}` },
  ];
  return [
    ...Object.entries(documents).map(([name, query]) => ({ name, body: asking(`#${salt}\n${query}`) })),
    ...Object.entries(bodies).map(([name, body]) => ({ name, body })),
    ...compressed,
    ...headers,
  ];
}

let made: { gzip: Buffer; brotli: Buffer } | undefined;
/** Small bodies that would be large ones; made once. */
function bombs(): { gzip: Buffer; brotli: Buffer } {
  const spaces = Buffer.alloc(128 * MB, " ");
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  return (made ??= { gzip: gzipSync(spaces), brotli: brotliCompressSync(spaces, quality) });
}
