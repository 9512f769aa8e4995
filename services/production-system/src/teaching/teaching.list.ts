import { defineList } from "@clic/subgraph-kit";
import { teachingRecords } from "./teaching-record.entity.ts";

export const teachingRecordList = defineList({
  rows: teachingRecords,
  node: "TeachingRecord",
  fields: {
    kind: { filter: true, group: true, enum: "TeachingKind" },
    tookPlaceOn: { filter: true, order: true, group: true },
    membershipId: { filter: true },
    eventId: { filter: true, group: true },
    rpiwId: { filter: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "tookPlaceOn", direction: "DESC" }],
});
