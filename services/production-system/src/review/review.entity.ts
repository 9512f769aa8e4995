import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { ReviewCheckpoint } from "../reading/checkpoint.rules.ts";
import type { Source } from "../rpiw/rpiw.rules.ts";

export const ReviewEntity = defineEntity({
  name: "Review",
  tableName: "review",
  schema: "production_system",
  properties: {
    id: p.type(idOf("Review")).primary(),
    rpiwId: p.type(idOf("Rpiw")),
    checkpoint: p.text().$type<ReviewCheckpoint>(),
    dueOn: p.date(),
    heldOn: p.date().nullable(),
    waivedOn: p.date().nullable(),
    waivedById: p.type(idOf("Person")).nullable(),
    waiverReason: p.text().nullable(),
    source: p.text().$type<Source>(),
  },
});

export type ReviewRow = Row<InferEntity<typeof ReviewEntity>>;
export const reviews = defineRows(ReviewEntity, { type: "Review" });
