import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { users } from "@clic/development-issuer";
import { describe, expect, it } from "@jest/globals";
import { buildSchema, parse, validate } from "graphql";
import { anonymous, askers } from "../identity/askers.ts";
import { readQuestion, withFound } from "./read-question.ts";

const folder = join(import.meta.dirname, "questions");
const schema = buildSchema(readFileSync(join(import.meta.dirname, "../../../../graph-client/schema.graphql"), "utf8"));

describe("the questions that the explorer opens on", () => {
  const files = readdirSync(folder);

  it("are ten at least, each with a title of its own", () => {
    const titles = files.map((file) => readQuestion(readFileSync(join(folder, file), "utf8")).title);
    expect(titles.length).toBeGreaterThanOrEqual(10);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it.each(files)("%s fits the schema, and so do its look-ups; somebody known asks it", (file) => {
    const { as, query, finds } = readQuestion(readFileSync(join(folder, file), "utf8"));
    for (const text of [query, ...finds.map((find) => find.query)]) expect(validate(schema, parse(text))).toEqual([]);
    expect(askers.map(({ name }) => name)).toContain(as);
  });

  it("puts what was found where it belongs, in lists too", () => {
    expect(withFound({ input: { a: 1, ids: [""] } }, ["input", "ids", "0"], "x")).toEqual({
      input: { a: 1, ids: ["x"] },
    });
    expect(withFound({}, ["id"], "x")).toEqual({ id: "x" });
  });
});

describe("whom the explorer asks as", () => {
  it("is anybody, and every user of the development issuer", () => {
    const names = askers.filter((asker) => asker !== anonymous).map(({ name }) => name);
    expect(names.toSorted()).toEqual(users.map(({ name }) => name).toSorted());
  });
});
