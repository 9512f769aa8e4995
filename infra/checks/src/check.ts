/** One thing that has to be true of the whole repository. A file `<name>.check.ts` beside this one exports it as `check`. */
export interface Check {
  readonly name: string;
  /** What puts it right, as one line for a person. */
  readonly cure: string;
  /** What is wrong in the checkout at `root`, one line each, the place first. None means that the check passes. */
  findProblems(root: string): Promise<readonly string[]>;
}
