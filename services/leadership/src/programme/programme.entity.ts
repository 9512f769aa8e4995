import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export type Source = "FOUNDING" | "DEMO" | "USER";

/** The delivery detail of a leadership initiative. */
export const ProgrammeEntity = defineEntity({
  name: "Programme",
  tableName: "programme",
  schema: "leadership",
  properties: {
    id: p.type(idOf("Programme")).primary(),
    workItemId: p.type(idOf("LeadershipInitiative")).nullable(),
    title: p.text(),
    reportedStatus: p.text().nullable(),
    reportedWhen: p.text().nullable(),
    source: p.text().$type<Source>(),
  },
});

/** One run of a programme. `taken` is counted by the database. */
export const CohortEntity = defineEntity({
  name: "Cohort",
  tableName: "cohort",
  schema: "leadership",
  properties: {
    id: p.type(idOf("Cohort")).primary(),
    programmeId: p.type(idOf("Programme")),
    name: p.text(),
    places: p.integer(),
    taken: p.integer().default(0),
    startsOn: p.date().nullable(),
    source: p.text().$type<Source>(),
  },
});

export type ProgrammeRow = Row<InferEntity<typeof ProgrammeEntity>>;
export type CohortRow = Row<InferEntity<typeof CohortEntity>>;
export const programmes = defineRows(ProgrammeEntity, { type: "Programme" });
export const cohorts = defineRows(CohortEntity, { type: "Cohort" });
