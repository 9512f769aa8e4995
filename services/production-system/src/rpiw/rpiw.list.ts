import { defineList } from "@clic/subgraph-kit";
import { rpiws } from "./rpiw.entity.ts";
import { mayReadPeople } from "./rpiw.rules.ts";

export const rpiwList = defineList({
  rows: rpiws,
  node: "Rpiw",
  fields: {
    title: { filter: true, order: true },
    status: { filter: true, enum: "WorkItemStatus" },
    leadOrganisationId: { filter: true },
    phase: { filter: true, enum: "RpiwPhase" },
    processOwnerId: { filter: true, visibleTo: mayReadPeople },
    sponsorId: { filter: true, visibleTo: mayReadPeople },
    workshopStartsOn: { filter: true, order: true },
    reportedOutOn: { filter: true, order: true },
  },
  defaultOrder: [{ property: "title", direction: "ASC" }],
});
