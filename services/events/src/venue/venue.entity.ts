import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const VenueEntity = defineEntity({
  name: "Venue",
  tableName: "venue",
  schema: "events",
  properties: {
    id: p.type(idOf("Venue")).primary(),
    name: p.text(),
    address: p.text().nullable(),
    temporary: p.boolean().nullable(),
    temporaryUntil: p.date().nullable(),
    status: p.text().$type<"ACTIVE" | "RETIRED">().nullable(),
    source: p.text().$type<"FOUNDING" | "DEMO" | "USER">(),
  },
});

export type VenueRow = Row<InferEntity<typeof VenueEntity>>;
export const venues = defineRows(VenueEntity, { type: "Venue" });
