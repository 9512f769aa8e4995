import type { Viewer } from "@clic/identity";
import { defineRows, idOf, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";
import type { CriteriaSetStatus } from "./criteria-set.rules.ts";

export const CriteriaSetEntity = defineEntity({
  name: "CriteriaSet",
  tableName: "criteria_set",
  schema: "organisations",
  properties: {
    id: p.type(idOf("CriteriaSet")).primary(),
    /** The database numbers them. */
    version: p.integer().default(0),
    title: p.text(),
    moderationAbove: p.double().$type<number>(),
    status: p.text().$type<CriteriaSetStatus>().default("DRAFT"),
    copyOfId: p.type(idOf("CriteriaSet")).nullable(),
    liveAt: p.datetime().columnType("timestamptz(3)").nullable(),
    retiredAt: p.datetime().columnType("timestamptz(3)").nullable(),
    source: p.text().$type<Source>(),
  },
});

export const CriterionEntity = defineEntity({
  name: "Criterion",
  tableName: "criterion",
  schema: "organisations",
  properties: {
    id: p.type(idOf("Criterion")).primary(),
    criteriaSetId: p.type(idOf("CriteriaSet")),
    code: p.text(),
    title: p.text(),
    guidance: p.text().nullable(),
    weight: p.integer(),
    scaleFrom: p.integer(),
    scaleTo: p.integer(),
    /** Its place among those of its set, from 1 on. */
    place: p.integer(),
    source: p.text().$type<Source>(),
  },
});

const drafters = ["operations:read", "request:assess"] as const;
function readsCriteria({ personId, scopes }: Viewer): boolean {
  return personId !== null || scopes.has("analysis:read");
}

export const criteriaSets = defineRows(CriteriaSetEntity, {
  type: "CriteriaSet",
  sight: seenWith(drafters, (viewer) => (readsCriteria(viewer) ? [{ sql: `e."status" <> 'DRAFT'` }] : [])),
});
export const criteria = defineRows(CriterionEntity, {
  type: "Criterion",
  sight: seenWith(drafters, (viewer) =>
    readsCriteria(viewer)
      ? [
          {
            sql: `e."criteria_set_id" = any(array(select s.id from organisations.criteria_set s where s.status <> 'DRAFT'))`,
          },
        ]
      : [],
  ),
});
export type CriteriaSetRow = Row<InferEntity<typeof CriteriaSetEntity>>;
export type CriterionRow = Row<InferEntity<typeof CriterionEntity>>;
