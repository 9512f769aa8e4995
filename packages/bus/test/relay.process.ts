import { openBus, startRelay } from "../src/index.ts";
import { silent } from "./bus-world.ts";

// Publishes one batch, says so, and never gets to marking it: the parent kills it there.
const [databaseUrl = "", busDatabaseUrl = ""] = process.argv.slice(2);
const bus = openBus({ databaseUrl: busDatabaseUrl, logger: silent });
startRelay({
  databaseUrl,
  schema: "organisations",
  logger: silent,
  bus: {
    ready: bus.ready,
    publish: async (facts) => {
      await bus.publish(facts);
      process.send?.("published");
      return new Promise<never>(() => {});
    },
  },
});
