export { startTestSubgraph, type Answer, type TestSubgraph } from "./test-subgraph.ts";
export { member, lead, office, analyst, anonymous, system } from "./viewers.ts";
