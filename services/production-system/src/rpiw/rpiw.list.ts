import { defineList } from "@clic/subgraph-kit";
import { rpiws } from "./rpiw.entity.ts";
import { mayReadPeople } from "./rpiw.rules.ts";

export const rpiwList = defineList({
  rows: rpiws,
  node: "Rpiw",
  fields: {
    title: { filter: true, order: true },
    status: { filter: true, group: true, enum: "WorkItemStatus" },
    leadOrganisationId: { filter: true, group: true },
    phase: { filter: true, group: true, enum: "RpiwPhase" },
    processOwnerId: { filter: true, group: true, visibleTo: mayReadPeople },
    sponsorId: { filter: true, group: true, visibleTo: mayReadPeople },
    workshopStartsOn: { filter: true, order: true, group: true },
    reportedOutOn: { filter: true, order: true, group: true },
  },
  defaultOrder: [{ property: "title", direction: "ASC" }],
});
