import { connectGraph, GraphRequestFailed, type TypedDocument } from "../src/request.ts";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type GraphServer, startGraphServer } from "./graph-server.ts";

interface Page {
  events: { nodes: { title: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } | null;
}
const Events = `query ($after: String) {
  events(first: 2, after: $after) { nodes { title } pageInfo { hasNextPage endCursor } }
}` as TypedDocument<Page, { after?: string | null }>;

let server: GraphServer;
beforeAll(async () => {
  server = await startGraphServer();
});
afterAll(() => server.stop());

const titlesFrom = async (after: string | null): Promise<string[]> => {
  const titles: string[] = [];
  const pages = connectGraph({ url: server.url }).pages(Events, { after }, ({ events }) => events);
  for await (const page of pages) titles.push(...page.nodes.map(({ title }) => title));
  return titles;
};

describe("a request", () => {
  it("sends a token and an acting organisation where there are some, and nothing where not", async () => {
    await connectGraph({ url: server.url, token: () => Promise.resolve(null) }).request(Events, {});
    expect(server.seen.at(-1)).not.toHaveProperty("authorization");
    expect(server.seen.at(-1)).not.toHaveProperty("x-acting-organisation");
    await connectGraph({ url: server.url, token: "abc", actingOrganisation: "org_1" }).request(Events, {});
    expect(server.seen.at(-1)).toMatchObject({ authorization: "Bearer abc", "x-acting-organisation": "org_1" });
  });

  it("gives what came beside the sorted errors", async () => {
    const both = "{ events(first: 1) { nodes { title } } me { id } }" as TypedDocument<Page, {}>;
    const { data, errors } = await connectGraph({ url: server.url }).request(both);
    expect(data.events?.nodes).toEqual([{ title: "Induction" }]);
    expect(errors).toMatchObject({ withheld: [{ code: "FORBIDDEN", path: ["me"] }], broken: [] });
  });

  it("fails when nothing came, with the errors", async () => {
    const failed = connectGraph({ url: server.url }).request("{ nonsense }");
    await expect(failed).rejects.toThrow(GraphRequestFailed);
    await expect(failed).rejects.toMatchObject({
      errors: { broken: [{ message: expect.stringContaining("nonsense") }] },
    });
  });

  it("is unavailable where a proxy answers for the graph", async () => {
    const failed = connectGraph({ url: server.url.replace("/graphql", "/away") }).request(Events, {});
    await expect(failed).rejects.toMatchObject({ status: 503, errors: { unavailable: [{ path: [] }] } });
  });
});

describe("the pages of a connection", () => {
  it("come to the last, from the cursor given", async () => {
    expect(await titlesFrom(null)).toHaveLength(5);
    expect(await titlesFrom("4")).toEqual(["Clinic"]);
  });

  it("end with an error, not early, when a page does not come", async () => {
    await expect(titlesFrom("gone")).rejects.toThrow("A page did not come.");
  });
});
