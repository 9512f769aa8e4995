import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { RpiwPhase, Source } from "./rpiw.rules.ts";

export const RpiwEntity = defineEntity({
  name: "Rpiw",
  tableName: "rpiw",
  schema: "production_system",
  properties: {
    id: p.type(idOf("Rpiw")).primary(),
    /** Copies of what Organisations owns, to filter and order by; the graph's own come from there. */
    title: p.text(),
    leadOrganisationId: p.type(idOf("Organisation")).nullable(),
    status: p.text().nullable(),
    /** When the fact happened that the copies are of; null for loaded rows. */
    knownAt: p.datetime().columnType("timestamptz(3)").nullable(),
    phase: p.text().$type<RpiwPhase>().nullable(),
    sponsorId: p.type(idOf("Person")).nullable(),
    processOwnerId: p.type(idOf("Person")).nullable(),
    teamSize: p.integer().nullable(),
    workshopStartsOn: p.date().nullable(),
    workshopEndsOn: p.date().nullable(),
    reportedOutOn: p.date().nullable(),
    source: p.text().$type<Source>(),
  },
});

/** Append-only: one row for each phase that an RPIW has entered. */
export const PhaseChangeEntity = defineEntity({
  name: "RpiwPhaseChange",
  tableName: "rpiw_phase_change",
  schema: "production_system",
  properties: {
    id: p.uuid().primary(),
    rpiwId: p.type(idOf("Rpiw")),
    phase: p.text().$type<RpiwPhase>(),
    changedAt: p.datetime().columnType("timestamptz(3)"),
    changedById: p.type(idOf("Person")).nullable(),
    reason: p.text().nullable(),
    source: p.text().$type<Source>(),
  },
});

export type Rpiw = InferEntity<typeof RpiwEntity>;
export type RpiwRow = Row<Rpiw>;
export const rpiws = defineRows(RpiwEntity, { type: "Rpiw" });
export type PhaseChangeRow = Row<InferEntity<typeof PhaseChangeEntity>>;
export const phaseChanges = defineRows(PhaseChangeEntity);
