import { openBus, startConsumer, supportRequestAccepted } from "../src/index.ts";
import { keepEffect, silent, transaction } from "./bus-world.ts";

// Stops for ever at one point of handling a fact, says so, and is killed there by the parent.
const [databaseUrl = "", busDatabaseUrl = "", point = ""] = process.argv.slice(2);
const stallAt = async (here: string): Promise<void> => {
  if (here !== point) return;
  process.send?.(here);
  await new Promise<never>(() => {});
};
startConsumer({
  bus: openBus({ databaseUrl: busDatabaseUrl, logger: silent }),
  name: "production-system.effects",
  facts: [supportRequestAccepted],
  transaction: async (work) => {
    const result = await transaction(databaseUrl, "system", work);
    await stallAt("after its commit");
    return result;
  },
  handle: async (fact, tx) => {
    await keepEffect(fact, tx);
    await stallAt("before its commit");
  },
  logger: silent,
});
