import { defineList } from "@clic/subgraph-kit";
import { venues } from "./venue.entity.ts";

export const venueList = defineList({
  rows: venues,
  node: "Venue",
  fields: {
    name: { filter: true, order: true },
    temporary: { filter: true, group: true },
    temporaryUntil: { filter: true, order: true, group: true },
    status: { filter: true, group: true, enum: "VenueStatus" },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "name", direction: "ASC" }],
});
