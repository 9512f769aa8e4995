import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The names of the services: every folder in services/ that has a project.json, in alphabetical order. */
export function listServices(root: string): readonly string[] {
  const folder = join(root, "services");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "project.json")))
    .sort();
}
