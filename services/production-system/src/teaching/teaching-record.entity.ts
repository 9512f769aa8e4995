import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../rpiw/rpiw.rules.ts";
import type { TeachingKind } from "./teaching.rules.ts";

/** One piece of evidence towards accreditation or renewal. Only ever added to. */
export const TeachingRecordEntity = defineEntity({
  name: "TeachingRecord",
  tableName: "teaching_record",
  schema: "production_system",
  properties: {
    id: p.type(idOf("TeachingRecord")).primary(),
    membershipId: p.type(idOf("FacultyMembership")),
    kind: p.text().$type<TeachingKind>(),
    tookPlaceOn: p.date(),
    eventId: p.type(idOf("Event")).nullable(),
    rpiwId: p.type(idOf("Rpiw")).nullable(),
    recordedById: p.type(idOf("Person")).nullable(),
    source: p.text().$type<Source>(),
  },
});

export type TeachingRecordRow = Row<InferEntity<typeof TeachingRecordEntity>>;
export const teachingRecords = defineRows(TeachingRecordEntity, { type: "TeachingRecord" });
