/** A reason not to import a file, in one line with the cure. Nothing of it has come into the directory. */
export class ImportRefused extends Error {}
