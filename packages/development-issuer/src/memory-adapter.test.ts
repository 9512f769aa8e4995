import { describe, expect, it } from "@jest/globals";
import { createMemoryAdapter } from "./memory-adapter.ts";

describe("the issuer's memory", () => {
  it("forgets what has expired", async () => {
    let now = 0;
    const codes = createMemoryAdapter(() => now)("AuthorizationCode");
    await codes.upsert("a", { accountId: "member" }, 60);
    await codes.upsert("b", { accountId: "lead" }, 600);
    now = 59_999;
    expect(await codes.find("a")).toEqual({ accountId: "member" });
    now = 60_000;
    expect(await codes.find("a")).toBeUndefined();
    expect(await codes.find("b")).toEqual({ accountId: "lead" });
  });

  it("keeps one model from another, and finds a session by its uid", async () => {
    const adapterOf = createMemoryAdapter();
    await adapterOf("Session").upsert("a", { uid: "u" }, 60);
    await adapterOf("Interaction").upsert("a", { uid: "v" }, 60);
    expect(await adapterOf("Session").findByUid("u")).toEqual({ uid: "u" });
    expect(await adapterOf("Session").findByUid("v")).toBeUndefined();
    await adapterOf("Session").destroy("a");
    expect(await adapterOf("Session").find("a")).toBeUndefined();
    expect(await adapterOf("Interaction").find("a")).toEqual({ uid: "v" });
  });

  it("revokes everything of one grant and nothing of another", async () => {
    const codes = createMemoryAdapter()("AuthorizationCode");
    await codes.upsert("a", { grantId: "one" }, 60);
    await codes.upsert("b", { grantId: "two" }, 60);
    await codes.revokeByGrantId("one");
    expect(await codes.find("a")).toBeUndefined();
    expect(await codes.find("b")).toEqual({ grantId: "two" });
  });
});
