import { SubgraphFailure } from "./subgraph-failure.ts";

/** Counts a body's bytes as they come. The function throws once they are more than `most`, announced or not. */
export function createByteCap(most: number): (bytes: number) => void {
  let sum = 0;
  return (bytes) => {
    sum += bytes;
    if (sum > most) throw new SubgraphFailure("too large", `the answer is larger than ${most} bytes`);
  };
}
