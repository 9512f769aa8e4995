import { describe, expect, it } from "@jest/globals";
import fastify from "fastify";
import { addMetricsPage } from "./metrics-page.ts";

describe("the page of metrics", () => {
  /** How often it was written, asked ten times, when writing takes so long. */
  async function writes(milliseconds: number): Promise<number> {
    let times = 0;
    const app = fastify();
    const registry = {
      contentType: "text/plain",
      async metrics() {
        times += 1;
        const end = performance.now() + milliseconds;
        while (performance.now() < end);
        return `written ${times}`;
      },
    };
    addMetricsPage(app, { registry } as unknown as Parameters<typeof addMetricsPage>[1]);
    await Promise.all(Array.from({ length: 5 }, () => app.inject("/metrics")));
    for (let n = 0; n < 5; n++) expect((await app.inject("/metrics")).body).toMatch(/^written \d/);
    await app.close();
    return times;
  }

  it("is written once for all who ask, and not again before ten times as long as that took", async () => {
    expect(await writes(300)).toBe(1);
  });
});
