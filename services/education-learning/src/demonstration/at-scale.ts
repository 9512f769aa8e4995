import { numberedGlobalId } from "@clic/global-id";
import {
  draw,
  drawOf,
  drawPerCent,
  eventIdAtScale,
  type Scale,
  scaleNamed,
  workItemAtScale,
  workItemNumbers,
  workItemsOfType,
  workstreamsAtScale,
} from "@clic/seed-data";
import type { BulkLoad } from "@clic/subgraph-kit";
import { CompletionEntity } from "../completion/completion.entity.ts";
import { CourseEntity, CourseWorkstreamEntity } from "../course/course.entity.ts";
import { EventCreditEntity } from "../event/event-credit.entity.ts";
import { MembershipEntity } from "../membership/membership.entity.ts";
import { learningInitiativesAtScale } from "../learning-initiative/demonstration-learning-initiatives.ts";
import { LearningInitiativeEntity } from "../learning-initiative/learning-initiative.entity.ts";
import { RollOutEntity, RollOutSiteEntity } from "../roll-out/roll-out.entity.ts";
import { StandardAdoptionEntity } from "../standard-adoption/standard-adoption.entity.ts";
import { StandardEntity, StandardVersionEntity, StandardWorkstreamEntity } from "../standard/standard.entity.ts";
import { completionsAtScale, courseAtScale, courseIdAtScale } from "./completions-at-scale.ts";
import { membershipsAtScale } from "./memberships-at-scale.ts";
import { sitesAtScale, sitesOfRollOut } from "./roll-outs-at-scale.ts";
import {
  adoptions,
  adoptionsOfStandard,
  standards,
  standardVersions,
  standardWorkstreams,
} from "./standards-at-scale.ts";

const source = "DEMO";

/** Education and Learning's share of the made-up data set of this name; what is required of whom is the small demonstration's. */
export function bulk(name: string): BulkLoad {
  const scale = scaleNamed(name);
  const rollOuts = workItemsOfType(scale, "LearningInitiative");
  return {
    tables: [
      { entity: CourseEntity, about: scale.courses, rows: () => courses(scale) },
      { entity: CourseWorkstreamEntity, about: scale.courses, rows: () => courseWorkstreams(scale) },
      { entity: LearningInitiativeEntity, about: rollOuts, rows: () => learningInitiativesAtScale(scale) },
      { entity: RollOutEntity, about: rollOuts, rows: () => rollOutsOf(scale) },
      { entity: RollOutSiteEntity, about: rollOuts * sitesOfRollOut(scale), rows: () => sitesAtScale(scale, rollOuts) },
      { entity: EventCreditEntity, about: scale.events * 0.6, rows: () => credits(scale) },
      { entity: StandardEntity, about: scale.standards, rows: () => standards(scale) },
      { entity: StandardVersionEntity, about: scale.standards * 2, rows: () => standardVersions(scale) },
      { entity: StandardWorkstreamEntity, about: scale.standards * 1.25, rows: () => standardWorkstreams(scale) },
      {
        entity: StandardAdoptionEntity,
        about: scale.standards * adoptionsOfStandard(scale),
        rows: () => adoptions(scale),
      },
      { entity: MembershipEntity, about: scale.people * 1.18, rows: () => membershipsAtScale(scale) },
      { entity: CompletionEntity, about: scale.completions, rows: () => completionsAtScale(scale) },
    ],
  };
}

function* courses(scale: Scale): Generator<object> {
  for (let number = 0; number < scale.courses; number++) yield courseAtScale(scale, number);
}

function* courseWorkstreams(scale: Scale): Generator<object> {
  for (let number = 0; number < scale.courses; number++)
    if (drawPerCent(100, number, 75))
      for (const workstreamId of workstreamsAtScale(number))
        yield { workstreamId, courseId: courseIdAtScale(number), source };
}

function* rollOutsOf(scale: Scale): Generator<object> {
  let place = 0;
  for (const number of workItemNumbers(scale, "LearningInitiative")) {
    const { id, title } = workItemAtScale(scale, number);
    yield {
      id: numberedGlobalId("RollOut", place),
      workItemId: id,
      courseId: courseIdAtScale(draw(101, place, scale.courses)),
      title,
      target: sitesOfRollOut(scale),
      source,
    };
    place++;
  }
}

function* credits(scale: Scale): Generator<object> {
  for (let number = 0; number < scale.events; number++)
    if (drawPerCent(102, number, 60))
      yield {
        eventId: eventIdAtScale(number),
        cpdMinutes: drawOf(103, number, [30, 60, 90, 180, 360]),
        courseId: drawPerCent(104, number, 40) ? courseIdAtScale(draw(105, number, scale.courses)) : null,
        source,
      };
}
