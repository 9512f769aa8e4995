/** What the bus asks of a logger; pino's is one. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the bus asks of a counter; prom-client's is one. */
export interface Counter {
  inc(value?: number): void;
}
