export interface Installed {
  /** Path in the lock file, which tells two versions apart. */
  readonly path: string;
  readonly name: string;
  /** SPDX expression, as the package states it. */
  readonly licence: string;
}

const permissive = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "PostgreSQL",
  "Python-2.0",
  "Zlib",
];

/** Where NOTICE and what is installed disagree, one line each. Pure. */
export function findLicenceProblems(
  installed: readonly Installed[],
  direct: readonly string[],
  notice: string,
): readonly string[] {
  const words = new Set(notice.split(/[\s,;]+/).map((word) => word.replace(/[.:]$/, "")));
  const untold = installed
    .filter(({ name, licence }) => !isPermissive(licence) && !words.has(name))
    .map(({ name, licence }) => `NOTICE: says nothing of ${name}, which is under ${licence}`);
  const unlisted = direct.flatMap((name) => {
    const licence = installed.find(({ path }) => path === `node_modules/${name}`)?.licence;
    return notice.includes(`  ${name}: ${licence}`) ? [] : [`NOTICE: the line "  ${name}: ${licence}" is missing`];
  });
  return [...new Set(untold), ...unlisted];
}

/** Whether everything that an SPDX expression demands, or one side of each choice it offers, is permissive. */
function isPermissive(expression: string): boolean {
  const parts = (text: string, word: string) => text.replaceAll(/[()]/g, "").split(` ${word} `);
  return parts(expression, "AND").every((part) =>
    parts(part, "OR").some((licence) => permissive.includes(licence.trim())),
  );
}
