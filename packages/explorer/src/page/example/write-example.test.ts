import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { buildSchema, coerceInputValue, getOperationAST, isInputType, parse, typeFromAST, validate } from "graphql";
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
    // Only what no operation can reach lacks one.
    expect(types.filter((name) => !subjects.includes(name))).toEqual(["SafeInt", "SafeIntFilter"]);
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

  it("are about what they say: each comes to its type", () => {
    expect(written("Metric").query).toContain("metrics {");
    expect(written("BookingWhere").variables).toEqual({ where: { status: { eq: "CONFIRMED" } } });
    expect(written("Query.organisation")).toMatchObject({ variables: { id: "" }, finds: [{ path: ["id"] }] });
    expect(written("Mutation.bookPlace")).toMatchObject({
      variables: { input: { eventId: "" } },
      finds: [{ path: ["input", "eventId"], query: "{ events(first: 20) { nodes { id } } }" }],
    });
    expect(written("BookPlaceResult").query).toContain("... on UserError {");
  });

  it("are none of what isn't there", () => {
    expect([writeExample(schema, "Nothing"), writeExample(schema, "Query.nothing"), writeExample(schema, "")]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
