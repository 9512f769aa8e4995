import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import {
  buildSchema,
  coerceInputValue,
  getOperationAST,
  isInputType,
  isScalarType,
  parse,
  print,
  typeFromAST,
  validate,
} from "graphql";
import { withFound } from "../question/read-question.ts";
import { exampleSubjects, writeExample } from "./write-example.ts";

const schema = buildSchema(readFileSync(join(import.meta.dirname, "../../../../graph-client/schema.graphql"), "utf8"));
const subjects = exampleSubjects(schema);
const written = (subject: string) => {
  const example = writeExample(schema, subject);
  if (example === null) throw new Error(`no example of ${subject}`);
  return example;
};

describe("examples of the whole graph", () => {
  it("exist for every root field, and every type that an operation can come to", () => {
    const roots = ["Query", "Mutation"];
    const types = Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith("__") && !roots.includes(name));
    // What every service declares and none uses, no operation can reach.
    const untold = types.filter((name) => !subjects.includes(name));
    expect(untold.filter((name) => !isScalarType(schema.getType(name)) && !name.endsWith("Filter"))).toEqual([]);
    for (const root of roots) {
      const fields = Object.keys((schema.getType(root) as ReturnType<typeof schema.getQueryType>)?.getFields() ?? {});
      expect(subjects).toEqual(expect.arrayContaining(fields.map((field) => `${root}.${field}`)));
    }
  });

  it("fit the schema, with variables of the right types and look-ups that fit too", () => {
    const wrong = subjects.flatMap((subject) => {
      const { query, variables, finds } = written(subject);
      const document = parse(query);
      const errors = [document, ...finds.map((find) => parse(find.query))].flatMap((one) => validate(schema, one));
      const found = finds.reduce((given, { path }) => withFound(given, path, "org_x"), variables);
      for (const { variable, type } of getOperationAST(document)?.variableDefinitions ?? []) {
        const declared = typeFromAST(schema, type as never);
        if (isInputType(declared)) coerceInputValue(found[variable.name.value], declared);
      }
      return errors.map((error) => `${subject}: ${error.message}`);
    });
    expect(wrong).toEqual([]);
  });

  it("are about what they say, with what an input is made of and whose ids it takes", () => {
    expect(written("BookingWhere").variables).toEqual({ where: { status: { eq: "CONFIRMED" } } });
    expect(written("Query.organisation")).toMatchObject({
      variables: { id: "" },
      finds: [{ path: ["id"], query: "{ organisations(first: 20) { nodes { id } } }" }],
    });
    expect(written("Mutation.bookPlace")).toMatchObject({
      variables: { input: { eventId: "" } },
      finds: [{ path: ["input", "eventId"], query: "{ events(first: 20) { nodes { id } } }" }],
    });
    expect(written("BookPlaceResult").query).toContain("... on UserError {");
    expect(written("TimeBucket").variables).toMatchObject({ keys: [{ field: expect.stringMatching(/_AT$/) }] });
  });

  it("come to a type by the shortest way that needs no argument", () => {
    const library = buildSchema(`
      type Query { shelf(id: ID, code: String): Shelf shelves(first: Int, after: String): Shelves }
      type Shelves { nodes: [Shelf!]! }
      type Shelf { id: ID! books: [Book!]! }
      type Book { title: String! pages(of: Int!): Int }
    `);
    expect(writeExample(library, "Book")).toEqual({
      title: "Book",
      as: null,
      query: print(parse("query ExampleBook { shelves(first: 3) { nodes { books { title } } } }")),
      variables: {},
      finds: [],
    });
  });

  it("are none of what isn't there", () => {
    expect([writeExample(schema, "Nothing"), writeExample(schema, "Query.nothing"), writeExample(schema, "")]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
