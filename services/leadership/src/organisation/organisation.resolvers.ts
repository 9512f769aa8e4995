import type { Slice } from "@clic/subgraph-kit";

export const organisationSlice: Slice = { directory: import.meta.dirname };
