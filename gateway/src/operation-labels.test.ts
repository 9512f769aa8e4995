import { type RegisteredOperations, noRegisteredOperations } from "@clic/registered-operations";
import { describe, expect, it } from "@jest/globals";
import { createOperationLabels } from "./operation-labels.ts";

const home = { id: "1", name: "Home", type: "query", body: "query Home { me }" } as const;
const registered: RegisteredOperations = {
  ...noRegisteredOperations,
  find: ({ text }) => (text === home.body ? home : undefined),
  all: () => [home],
};
const ask = (operationName: string | undefined, client?: string, text = "query { x }") => ({
  operationName,
  client,
  text,
});

describe("the labels of operations", () => {
  it("are the first 200 names and 20 clients; the rest is other", () => {
    const labels = createOperationLabels(noRegisteredOperations);
    const seen = { operations: new Set<string>(), clients: new Set<string>(), pairs: new Set<string>() };
    for (let index = 0; index < 100_000; index++) {
      const { operation, client } = labels(ask(`Q${index % 5_000}`, `site-${index % 77}`));
      seen.operations.add(operation);
      seen.clients.add(client);
      seen.pairs.add(`${operation} ${client}`);
    }
    expect(seen.operations.size).toBe(201);
    expect(seen.clients.size).toBe(21);
    // Those that have a place, and each operation once more for the other clients.
    expect(seen.pairs.size).toBeLessThanOrEqual(1_000 + 201);
    expect(labels(ask("Q0", "site-0"))).toEqual({ operation: "Q0", client: "site-0" });
  });

  it("keep a registered operation's name for it alone, whatever came before", () => {
    const labels = createOperationLabels(registered);
    for (let index = 0; index < 300; index++) labels(ask(`Q${index}`));
    expect(labels(ask("Home", undefined, home.body)).operation).toBe("Home");
    expect(labels(ask("Home")).operation).toBe("other");
  });

  it.each(["a b", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N", "ada@example.org", ""])(
    "are not a client's name like %j",
    (client) => {
      expect(createOperationLabels(noRegisteredOperations)(ask(undefined, client))).toEqual({
        operation: "none",
        client: "other",
      });
    },
  );
});
