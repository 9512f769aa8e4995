import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { identifyProcess, isRunning } from "@clic/supervisor";
import type { ProcessIdentity } from "@clic/supervisor";

const shells = /^-?(?:.*\/)?(?:sh|ash|dash|bash|zsh|ksh)$/;

/**
 * Settles when npm is gone that runs this process as a script, or the shell that npm put in between. npm passes signals
 * on, but nobody passes its own kill -9 on, and the shell alone would wait forever.
 */
export async function launcherGone(): Promise<void> {
  const watched = launchers(process.ppid);
  while (watched.every(isRunning)) await sleep(500, undefined, { ref: false });
}

function launchers(parent: number): ProcessIdentity[] {
  const found: ProcessIdentity[] = [];
  let pid = parent;
  for (;;) {
    const identity = identifyProcess(pid);
    if (identity === null || pid === 1) return found;
    found.push(identity);
    const { name, parentPid } = describe(pid);
    if (!shells.test(name)) return found;
    pid = parentPid;
  }
}

function describe(pid: number): { name: string; parentPid: number } {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const end = stat.lastIndexOf(")");
      return { name: stat.slice(stat.indexOf("(") + 1, end), parentPid: Number(stat.slice(end + 2).split(" ")[1]) };
    }
    const printed = execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], {
      encoding: "utf8",
      env: { PATH: "/bin:/usr/bin" },
    });
    const [, parentPid = "1", name = ""] = /^\s*(\d+)\s+(.*)$/m.exec(printed) ?? [];
    return { name: name.trim(), parentPid: Number(parentPid) };
  } catch {
    return { name: "", parentPid: 1 };
  }
}
