import { defineList } from "@clic/subgraph-kit";
import { completions } from "./completion.entity.ts";
import { mayReadPersons, seesEveryCompletion } from "./completion.rules.ts";

/** A certificate's status is no column: it follows from `expiresOn` and `revokedOn`, which may be filtered by. */
export const completionList = defineList({
  rows: completions,
  node: "Completion",
  fields: {
    completedOn: { filter: true, order: true, group: true },
    expiresOn: { filter: true, order: true, group: true },
    revokedOn: { filter: true, order: true },
    courseId: { filter: true, group: true },
    courseVersion: { filter: true },
    organisationId: { filter: true, group: true },
    personId: { filter: true, visibleTo: mayReadPersons },
    source: { filter: true, enum: "Source" },
  },
  reach: (viewer) => {
    if (seesEveryCompletion(viewer)) return "";
    const own = `e."person_id" = (select education_learning.viewer_person())`;
    if (!viewer.scopes.has("organisation:read")) return own;
    return `(${own} or e."organisation_id" = (select education_learning.viewer_organisation()))`;
  },
  defaultOrder: [{ property: "completedOn", direction: "DESC" }],
});
