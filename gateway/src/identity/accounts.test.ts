import { describe, expect, it } from "@jest/globals";
import { SubgraphFailure } from "@clic/subgraph-fetch";
import type { SubgraphClient } from "../subgraph/subgraph-client.ts";
import { type FindAccount, createAccounts } from "./accounts.ts";

/** Organisations as a script: says `account`, or fails while `down`. Time stands still unless moved. */
function script(): { asked: number; account: object | null; down: boolean; now: number; find: FindAccount } {
  const client: Pick<SubgraphClient, "send"> = {
    async send() {
      state.asked += 1;
      if (state.down) throw new SubgraphFailure("connection", "ECONNREFUSED");
      return { data: { account: state.account }, errors: [] };
    },
  };
  const account: object | null = { id: "acc_1", kind: "PERSON", personId: "per_1", clientId: null, memberships: [] };
  const find = createAccounts(client as SubgraphClient, { now: () => state.now });
  const state = { asked: 0, account, down: false, now: 1_000_000, find };
  return state;
}

describe("accounts", () => {
  it("are asked for again after thirty seconds, so that a role taken away is gone", async () => {
    const organisations = script();
    await organisations.find("i", "s", "r");
    organisations.now += 29_000;
    await organisations.find("i", "s", "r");
    expect(organisations.asked).toBe(1);
    organisations.account = { ...organisations.account, personId: "per_2" };
    organisations.now += 2_000;
    expect(await organisations.find("i", "s", "r")).toMatchObject({ personId: "per_2" });
  });

  it("are told apart by issuer and subject together", async () => {
    const organisations = script();
    await organisations.find("a", "bc", "r");
    await organisations.find("ab", "c", "r");
    expect(organisations.asked).toBe(2);
  });

  it("that are unknown are asked for again after three seconds", async () => {
    const organisations = script();
    const { account } = organisations;
    organisations.account = null;
    expect(await organisations.find("i", "s", "r")).toBeNull();
    organisations.account = account;
    expect(await organisations.find("i", "s", "r")).toBeNull();
    organisations.now += 3_100;
    expect(await organisations.find("i", "s", "r")).toMatchObject({ personId: "per_1" });
  });

  it("hold for five minutes while Organisations is down, and no longer", async () => {
    const organisations = script();
    await organisations.find("i", "s", "r");
    organisations.down = true;
    organisations.now += 4 * 60_000;
    expect(await organisations.find("i", "s", "r")).toMatchObject({ personId: "per_1" });
    organisations.now += 2 * 60_000;
    await expect(organisations.find("i", "s", "r")).rejects.toThrow();
    organisations.down = false;
    expect(await organisations.find("i", "s", "r")).toMatchObject({ personId: "per_1" });
  });

  it("are refused in any shape but the agreed one", async () => {
    const organisations = script();
    organisations.account = { id: "acc_1", kind: "GOD" };
    await expect(organisations.find("i", "s", "r")).rejects.toThrow();
  });
});
