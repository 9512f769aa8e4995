export { startTestSubgraph, type Answer, type TestSubgraph } from "./test-subgraph.ts";
export { walkListRights, type ListRights } from "./list-rights.ts";
export { walkListSight, type ListSight } from "./list-sight.ts";
export { member, lead, office, analyst, anonymous, system } from "./viewers.ts";
export { walkForeignRows, type ForeignRows, type ForeignWalk, type Ids } from "./foreign-rows.ts";
