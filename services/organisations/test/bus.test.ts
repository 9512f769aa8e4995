import { openBus, rpiwPhaseChanged, startConsumer, supportRequestAccepted, type Fact } from "@clic/bus";
import { newUuid } from "@clic/global-id";
import { systemViewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { transact, type UseCase } from "@clic/subgraph-kit";
import { office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import { demonstrationLoad } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { startBackground } from "../src/background.ts";
import { subgraph as definition } from "../src/schema.ts";

const logger = pino({ level: "silent" });
let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(definition, [
    loadFounding,
    demonstrationLoad({ issuer: "http://127.0.0.1:4010" }),
  ]);
});
afterAll(() => subgraph.stop());

async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("It did not come.");
}

describe("Organisations on the bus", () => {
  it("tells of an accepted request once, and follows the phase that the delivery tells", async () => {
    const { busDatabaseUrl: databaseUrl, services } = subgraph.database;
    const urls = { databaseUrl: services["organisations"]?.databaseUrl as string, busDatabaseUrl: databaseUrl };
    const [background] = startBackground({ orm: subgraph.orm, logger, ...urls });
    const bus = openBus({ databaseUrl, logger });
    const heard: Fact[] = [];
    const listener = startConsumer({
      bus,
      name: "production-system.test",
      facts: [supportRequestAccepted],
      // Another service's own transaction: here only to hear.
      transaction: <Result>(work: (em: UseCase["em"]) => Promise<Result>) =>
        transact(subgraph.orm.em, systemViewer("test"), new Date(), ({ em }) => work(em)),
      handle: (fact) => {
        heard.push(fact);
        return Promise.resolve();
      },
      logger,
    });
    try {
      const id = seedId("SupportRequest", "demo-request-4");
      await subgraph.arrange(({ em }) =>
        em.execute("update support_request set sponsor_id = ? where id = ?", [
          seedId("Person", "demo-person-3").slice(4),
          id.slice(4),
        ]),
      );
      const { data } = await subgraph.ask(
        office(),
        `mutation ($input: AcceptSupportRequestInput!) { acceptSupportRequest(input: $input) { ... on SupportRequest { outcome { id } } ... on UserError { code } } }`,
        {
          input: {
            supportRequestId: id,
            workItemType: "Rpiw",
            strategy: "PRODUCTION_SYSTEM",
            priorityIds: [seedId("Priority", "demo-safe-care")],
          },
        },
      );
      const workItemId = data.acceptSupportRequest.outcome.id as string;
      const fact = await until(() => Promise.resolve(heard[0]));
      expect(fact).toMatchObject({ type: supportRequestAccepted.type, data: { supportRequestId: id, workItemId } });

      const at = new Date(Date.now() + 1000).toISOString();
      await bus.publish([
        {
          id: newUuid(),
          type: rpiwPhaseChanged.type,
          version: 1,
          aggregateId: workItemId,
          occurredAt: at,
          data: { workItemId, phase: "WORKSHOP", at },
        },
      ]);
      const status = await until(async () => {
        const answer = await subgraph.ask(office(), `query ($id: ID!) { workItem(id: $id) { status } }`, {
          id: workItemId,
        });
        return answer.data.workItem.status === "PROPOSED" ? undefined : (answer.data.workItem.status as string);
      });
      expect(status).toBe("ACTIVE");
      expect(heard).toHaveLength(1);
    } finally {
      await Promise.all([background?.stop(), listener.stop()]);
      await bus.stop();
    }
  });
});
