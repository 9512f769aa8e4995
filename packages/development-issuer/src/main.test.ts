import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

function start(
  env: Record<string, string>,
  nodeArgs: string[] = [],
): {
  child: ChildProcess;
  ready: Promise<string>;
  ended: Promise<[number | null, string]>;
} {
  const child = spawn(process.execPath, [...nodeArgs, main], {
    env: { ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let errors = "";
  child.stderr?.on("data", (chunk) => (errors += String(chunk)));
  const ready = new Promise<string>((resolve) => child.stdout?.once("data", (chunk) => resolve(String(chunk))));
  // Not "close": that never comes once the parent itself has disconnected.
  const ended = Promise.all([once(child, "exit"), once(child.stderr as Readable, "end")]).then(
    ([[code]]): [number | null, string] => [code as number | null, errors],
  );
  return { child, ready, ended };
}

describe("the process", () => {
  it("logs one line with its URL, and ends cleanly on SIGTERM", async () => {
    const { child, ready, ended } = start({ PORT: "0" });
    const { url } = JSON.parse(await ready) as { url: string };
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, ""]);
  });

  it("ends when its parent is gone, also while it starts", async () => {
    const running = start({ PORT: "0" });
    await running.ready;
    running.child.disconnect();
    expect((await running.ended)[0]).toBe(0);
    const starting = start({ PORT: "0" });
    starting.child.disconnect();
    expect((await starting.ended)[0]).toBe(0);
    const goneBeforeMain = 'data:text/javascript,await new Promise((gone) => process.once("disconnect", gone));';
    const late = start({ PORT: "0" }, ["--import", goneBeforeMain]);
    late.child.disconnect();
    expect((await late.ended)[0]).toBe(0);
  });

  it("says in one line what is wrong with its environment or its port", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const port = String((taken.address() as AddressInfo).port);
    const cases: [Record<string, string>, RegExp][] = [
      [{ PORT: port }, /^development-issuer: Port \d+ is taken\. Set PORT to a free one\.\n$/],
      [{ PORT: "0", HOST: "0.0.0.0" }, /^development-issuer: .*loopback only.*\n$/],
      [{ PORT: "x" }, /^development-issuer: .*PORT.*\n$/],
    ];
    for (const [env, line] of cases) {
      const [code, errors] = await start(env).ended;
      expect([code, errors]).toEqual([1, expect.stringMatching(line)]);
    }
    taken.close();
  });
});
