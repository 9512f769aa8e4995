import { describe, expect, it } from "@jest/globals";
import { type ExecutionResult, buildSchema, parse, validate } from "graphql";
import { createAuthorisation, splitSupergraph } from "../src/index.ts";
import { randomDocument, randomGraph, randomness } from "./random-graph.ts";
import { type Claims, TYPENAME, execute, expectedAnswer, judge } from "./reference.ts";

const { TEST_LONG, TEST_SEED } = process.env;
const seed = Number(TEST_SEED ?? Date.now() % 1_000_000);
const graphs = TEST_LONG === "1" ? 1_000 : 30;

/** Types and the plain schema that a caller could ask, and the same with a field that tells an object's type. */
function schemasOf(supergraph: string) {
  const withTypename = supergraph.replace(/^((?:type|interface) .*)\{$/gm, `$1{ ${TYPENAME}: String!`);
  return {
    schema: buildSchema(supergraph, { assumeValid: true }),
    reference: buildSchema(withTypename, { assumeValid: true }),
  };
}

const places = ({ errors = [] }: ExecutionResult): string[] =>
  errors.map(({ path }) => JSON.stringify(path)).toSorted();
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("filtering random documents over random schemas", () => {
  it(`gives what a plain reference gives, at every place, and resolves nothing that is withheld (seed ${seed})`, () => {
    const random = randomness(seed);
    const seen = { documents: 0, filtered: 0, bubbled: 0, whole: 0 };
    for (let graph = 0; graph < graphs; graph++) {
      const { sdl, asks } = randomGraph(random);
      const split = splitSupergraph(sdl);
      const authorisation = createAuthorisation(split);
      const { schema, reference } = schemasOf(split.supergraph.replace(/^\s*@link.*$/gm, ""));
      for (let at = 0; at < 30; at++) {
        const text = randomDocument(schema, random);
        const document = parse(text);
        if (validate(schema, document).length > 0) continue;
        const some = (from: readonly string[]): string[] => from.filter(() => random.chance(0.5));
        const claims: Claims = {
          authenticated: random.chance(0.5),
          scopes: some(["a", "b", "c"]),
          policies: some(["p", "q"]),
        };
        const variables = random.chance(0.5) ? { v: random.chance(0.5), w: random.chance(0.5) } : {};
        const may = judge(asks, schema, claims);
        const filtered = authorisation.filter(document, "Q", authorisation.caller(claims));
        const asked = filtered === undefined ? document : filtered.document;
        if (asked !== null) expect(validate(schema, asked)).toEqual([]);
        const answer =
          asked === null
            ? { data: null }
            : execute(schema, asked, variables, (type, field) => {
                if (!may.field(type, field))
                  throw new Error(`${type}.${field} was resolved for ${JSON.stringify(claims)}`);
              });
        expect(answer.errors).toBeUndefined();
        const given = filtered === undefined ? answer : filtered.restore(answer.data ?? null, variables);
        const wanted = expectedAnswer(reference, document, variables, may);
        const context = () => ({ text, sdl, claims, variables, filtered: asked && "..." });
        try {
          expect(plain(given.data)).toEqual(plain(wanted.data));
          expect(places(given)).toEqual(places(wanted));
        } catch (error) {
          throw new Error(`seed ${seed}, ${JSON.stringify(context(), null, 1)}\n${(error as Error).message}`);
        }
        seen.documents += 1;
        if (filtered !== undefined) seen.filtered += 1;
        if (given.data === null) seen.bubbled += 1;
        if (asked === null) seen.whole += 1;
      }
    }
    // What never came up would be proved by nothing.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(graphs / 40);
    process.stdout.write(`filtering: ${JSON.stringify(seen)}\n`);
  }, 1_200_000);
});
