declare module "autocannon" {
  import type { EventEmitter } from "node:events";

  interface Options {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration?: number;
    /** How many requests, rather than how long. */
    readonly amount?: number;
    readonly requests: readonly {
      readonly method: "POST";
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }[];
  }
  interface Result {
    readonly "2xx": number;
    readonly non2xx: number;
    readonly errors: number;
    readonly timeouts: number;
    /** Seconds. */
    readonly duration: number;
  }
  /** Emits `response` with the client, the status, the bytes and the milliseconds of each. */
  const autocannon: (options: Options) => EventEmitter & PromiseLike<Result>;
  export default autocannon;
}
