import { unwatchFile, watchFile } from "node:fs";
import { readFile } from "node:fs/promises";
import { type RegisteredOperation, readManifest } from "./manifest.ts";

export interface RegisteredOperations {
  /** The registered operation that a request means: by the id that stands for it, or by its very text. */
  find(asked: {
    readonly id?: string | undefined;
    readonly text?: string | undefined;
  }): RegisteredOperation | undefined;
  all(): readonly RegisteredOperation[];
  /** Stops looking at the file. */
  close(): void;
}

export interface RegisteredOperationsOptions {
  readonly path: string;
  /** How often the file is looked at, in milliseconds. */
  readonly everyMs?: number;
  readonly changed?: (operations: readonly RegisteredOperation[]) => void;
  /** Told when a changed file can't be read; the operations before it stay registered. */
  readonly refused?: (reason: Error) => void;
}

/** For a server without a manifest. */
export const noRegisteredOperations: RegisteredOperations = { find: () => undefined, all: () => [], close() {} };

/** Registers the operations of a manifest file and follows the file. Rejects when the first manifest can't be read. */
export async function openRegisteredOperations(options: RegisteredOperationsOptions): Promise<RegisteredOperations> {
  const { path, everyMs = 1_000, changed, refused } = options;
  let operations: readonly RegisteredOperation[] = [];
  let byId: ReadonlyMap<string, RegisteredOperation> = new Map();
  let byText: ReadonlyMap<string, RegisteredOperation> = new Map();

  async function load(): Promise<void> {
    try {
      operations = readManifest(await readFile(path, "utf8"));
    } catch (error) {
      throw new Error(`The operations of ${path} cannot be registered: ${(error as Error).message}`, { cause: error });
    }
    byId = new Map(operations.map((operation) => [operation.id, operation]));
    byText = new Map(operations.map((operation) => [operation.body, operation]));
  }
  const reload = (): void => void load().then(() => changed?.(operations), refused);
  watchFile(path, { interval: everyMs, persistent: false }, reload);
  await load().catch((error: unknown) => {
    unwatchFile(path, reload);
    throw error;
  });
  return {
    find({ id, text }) {
      if (text !== undefined) return byText.get(text);
      return id === undefined ? undefined : byId.get(id);
    },
    all: () => operations,
    close: () => unwatchFile(path, reload),
  };
}
