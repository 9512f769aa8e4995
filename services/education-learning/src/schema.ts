import { defineSubgraph } from "@clic/subgraph-kit";
import { courseSlice } from "./course/course.slice.ts";
import { eventSlice } from "./event/event.slice.ts";
import { learningInitiativeSlice } from "./learning-initiative/learning-initiative.slice.ts";
import { orm } from "./orm.config.ts";
import { rollOutSlice } from "./roll-out/roll-out.slice.ts";
import { workstreamSlice } from "./workstream/workstream.slice.ts";

export const subgraph = defineSubgraph({
  name: "education-learning",
  orm,
  directory: import.meta.dirname,
  slices: [courseSlice, rollOutSlice, learningInitiativeSlice, eventSlice, workstreamSlice],
});
