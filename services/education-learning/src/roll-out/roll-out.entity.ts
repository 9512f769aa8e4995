import { defineRows, idOf, ledBy, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../course/course.entity.ts";
import type { SiteStatus } from "./roll-out.rules.ts";

/** The delivery detail of a learning initiative that is rolled out to organisations. */
export const RollOutEntity = defineEntity({
  name: "RollOut",
  tableName: "roll_out",
  schema: "education_learning",
  properties: {
    id: p.type(idOf("RollOut")).primary(),
    workItemId: p.type(idOf("LearningInitiative")),
    courseId: p.type(idOf("Course")).nullable(),
    title: p.text(),
    target: p.integer().nullable(),
    source: p.text().$type<Source>(),
  },
});

export const RollOutSiteEntity = defineEntity({
  name: "RollOutSite",
  tableName: "roll_out_site",
  schema: "education_learning",
  properties: {
    id: p.type(idOf("RollOutSite")).primary(),
    rollOutId: p.type(idOf("RollOut")),
    organisationId: p.type(idOf("Organisation")),
    status: p.text().$type<SiteStatus>(),
    licences: p.integer(),
    users: p.integer(),
    wentLiveOn: p.date().nullable(),
    source: p.text().$type<Source>(),
  },
});

export type RollOutRow = Row<InferEntity<typeof RollOutEntity>>;
export type RollOutSiteRow = Row<InferEntity<typeof RollOutSiteEntity>>;
export const rollOuts = defineRows(RollOutEntity, { type: "RollOut" });
export const rollOutSites = defineRows(RollOutSiteEntity, {
  type: "RollOutSite",
  sight: seenWith(["operations:read", "analysis:read"], (viewer) => [
    { property: "organisationId", is: ledBy(viewer) },
  ]),
});
