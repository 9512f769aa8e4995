export interface StandardDraft {
  readonly reference: string;
  readonly version: string;
  readonly title: string;
}

/** What is wrong with a standard as it is entered, for a person to read; null when nothing is. */
export function standardProblem({ reference, version, title }: StandardDraft): string | null {
  if (!/^[A-Z0-9][A-Z0-9-]{1,30}$/.test(reference))
    return "A reference has 2 to 31 capital letters, digits and hyphens, and starts with a letter or digit.";
  return versionProblem(version) ?? titleProblem(title);
}

/** What is wrong with the name of a version; null when nothing is. */
export function versionProblem(version: string): string | null {
  return version.trim() === "" || version.trim().length > 30 ? "A version has 1 to 30 characters." : null;
}

/** What is wrong with a title; null when nothing is. */
export function titleProblem(title: string): string | null {
  return title.trim() === "" || title.trim().length > 200 ? "A title has 1 to 200 characters." : null;
}
