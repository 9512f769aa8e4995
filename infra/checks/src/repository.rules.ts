/** A larger file is mostly a build product or a data dump; the lock file is the exception. */
export const largestBytes = 1_000_000;

const paths = /(^|\/)(node_modules|\.nx|\.clic|coverage|dist)\/|(^|\/)\.env(\.|$)|\.(pem|key|p12|log)$/;
const contents: readonly (readonly [RegExp, string])[] = [
  [/^(<{7} |>{7} )/m, "has the marks of an unfinished merge"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "has a private key in it"],
];

/** What must not be committed in one file: its path, its size in bytes, its text. One line each. Pure. */
export function findForbidden(file: string, bytes: number, text: string): readonly string[] {
  const problems: string[] = [];
  if (paths.test(file)) problems.push("is made by a tool, or secret; it is not committed");
  if (bytes > largestBytes && file !== "package-lock.json")
    problems.push(`has ${bytes} bytes, more than ${largestBytes}`);
  for (const [pattern, problem] of contents) if (pattern.test(text)) problems.push(problem);
  return problems.map((problem) => `${file}: ${problem}`);
}
