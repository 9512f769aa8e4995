export { startTestSubgraph, type Answer, type TestSubgraph } from "./test-subgraph.ts";
export { walkListRights, type ListRights } from "./list-rights.ts";
export { walkListReach, type ListReach } from "./list-reach.ts";
export { member, lead, office, analyst, anonymous, system } from "./viewers.ts";
