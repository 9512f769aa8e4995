import { type Question, readQuestion } from "./read-question.ts";

const files = import.meta.glob<string>("./questions/*.graphql", { query: "?raw", import: "default", eager: true });

/** The questions that the page opens on, in the order of their files. */
export const questions: readonly Question[] = Object.entries(files)
  .toSorted(([one], [other]) => one.localeCompare(other))
  .map(([, text]) => readQuestion(text));
