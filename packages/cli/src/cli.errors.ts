/** A reason not to start, or not to go on, that the person at the keyboard can cure. One line, with the cure. */
export class StartRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message.replace(/\s*\n\s*/g, " "), options);
    this.name = "StartRefused";
  }
}
