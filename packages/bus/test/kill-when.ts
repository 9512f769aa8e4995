import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Runs a file of this folder in a process of its own, and kills it (-9) as soon as it sends this message. */
export async function killWhen(message: string, file: string, args: readonly string[]): Promise<void> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args);
  const exited = once(child, "exit");
  try {
    const [said] = await Promise.race([once(child, "message"), exited]);
    if (said !== message) throw new Error(`${file} said ${String(said)}, not "${message}".`);
  } finally {
    child.kill("SIGKILL");
    await exited;
  }
}
