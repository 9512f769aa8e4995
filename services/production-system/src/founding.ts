import { founding, seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { RpiwEntity } from "./rpiw/rpiw.entity.ts";

/** The founding report's item that is the first RPIWs. It says that they were supported, and nothing of their delivery. */
const rpiwKeys = ["founding-work-item-2"];

/** Loads what the founding report says of RPIWs: that they are. Everything else stays null. Idempotent. */
export async function loadFounding({ em }: UseCase): Promise<void> {
  const rows = founding.workItems
    .filter(({ key }) => rpiwKeys.includes(key))
    .map(({ key, title }) => ({ id: seedId("Rpiw", key), title, phase: null, source: "FOUNDING" }));
  await loadRows(em, RpiwEntity, rows);
}
