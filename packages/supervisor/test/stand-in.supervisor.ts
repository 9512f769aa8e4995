/** A supervisor to kill, for tests: one child that listens and one that does not. */
import { join } from "node:path";

import { createSupervisor } from "../src/supervisor.ts";

const [, , directory = "", child = ""] = process.argv;
const supervisor = createSupervisor({
  recordFile: join(directory, "children.json"),
  logDirectory: directory,
  onEvent: () => {},
});
await supervisor.start({ name: "obedient", args: [child, "obedient"], env: {} });
await supervisor.start({ name: "deaf", args: [child, "deaf"], env: {} });
setTimeout(() => process.stdout.write("up\n"), 400);
