const MB = 1024 * 1024;
const filled = (part: string, size: number): string => part.repeat(Math.floor(size / part.length));

/** What a stranger's subgraph would answer that wants the gateway to stand still: within its bytes, and of the most values that pass. */
export function hostileAnswers(): Readonly<Record<string, string>> {
  const answers: Record<string, string> = {
    "a string": `{"data":{"workItems":"${filled("x", 15 * MB)}"}}`,
    "a string of escapes": `{"data":{"workItems":"${filled("\\u00e4", 15 * MB)}"}}`,
    spaces: `{"data":{"workItems":null}${filled(" ", 15 * MB)}}`,
    "a number": `{"data":{"workItems":${filled("9", 15 * MB)}}}`,
  };
  for (const [much, size, values] of [
    ["megabytes of", 15 * MB, Infinity],
    ["a hundred thousand", Infinity, 99_000],
  ] as const) {
    const list = (part: string): string =>
      `[${part.repeat(Math.min(Math.floor(size / part.length), Math.floor(values / (part.match(/[[{,]/g)?.length ?? 1))))}0]`;
    answers[`${much} errors`] = `{"errors":${list("{},").replace("0]", "{}]")}}`;
    answers[`${much} lists`] = `{"data":{"workItems":${list("[],")}}}`;
    answers[`${much} numbers`] = `{"data":{"workItems":${list("1,")}}}`;
    answers[`${much} objects`] = `{"data":{"workItems":${list('{"a":1},')}}}`;
    const keys = Array.from({ length: Math.min(1_200_000, values) }, (_, n) => `"k${n}":1`);
    answers[`${much} keys`] = `{"data":{"workItems":{${keys.join()}}}}`;
    const deep = Math.min(size / 2, values);
    answers[`${much} brackets`] = `{"data":{"workItems":${"[".repeat(deep)}${"]".repeat(deep)}}}`;
  }
  return answers;
}
