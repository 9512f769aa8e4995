import { readFileSync } from "node:fs";
import { join } from "node:path";
import { newUuid } from "@clic/global-id";
import { seedId } from "@clic/seed-data";
import { rollback } from "@clic/subgraph-kit";
import { startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { criteriaSetSteps } from "../src/criteria-set/criteria-set.rules.ts";
import { demonstrationSetId } from "../src/criteria-set/demonstration-criteria.ts";
import { demonstrationLoad } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph as definition } from "../src/schema.ts";
import { supportRequestSteps } from "../src/support-request/support-request.rules.ts";

interface Step {
  readonly action: string;
  readonly from: string | null;
  readonly to: string;
}

/** A state machine's steps as Mermaid draws them; what leaves a state as it is is no arrow. */
function diagramOf(steps: readonly Step[]): string {
  const moves = Map.groupBy(
    steps.filter(({ from, to }) => from !== to),
    ({ from, to }) => `${from ?? "[*]"} --> ${to}`,
  );
  const arrows = [...moves].map(([move, taken]) => `  ${move}: ${taken.map(({ action }) => action).join(", ")}`);
  return ["stateDiagram-v2", ...arrows].join("\n");
}

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const drawn = [...readme.matchAll(/```mermaid\n([^]*?)\n```/g)].map(([, diagram]) => diagram);

describe("the README's diagram", () => {
  it.each([
    ["a request for support", supportRequestSteps],
    ["a set of criteria", criteriaSetSteps],
  ])("of %s is that of its table", (_, steps) => {
    expect(drawn).toContain(diagramOf(steps));
  });
});

describe("the database", () => {
  let world: TestSubgraph;
  beforeAll(async () => {
    world = await startTestSubgraph(definition, [loadFounding, demonstrationLoad({ issuer: "http://127.0.0.1:4010" })]);
  });
  afterAll(() => world.stop());

  /** Whether the system may take a row from one status to another; nothing of it stays. */
  const allows = (make: string, params: readonly unknown[], move: string, refusals: readonly string[]) =>
    world.arrange(async ({ em }) => {
      await em.execute(make, [...params]);
      try {
        await em.execute(move, [params[0]]);
      } catch (error) {
        const { constraint } = error as { constraint?: string };
        if (constraint === undefined || !refusals.includes(constraint)) throw error;
        return rollback(false);
      }
      return rollback(true);
    });
  const statusesOf = (steps: readonly Step[]) => [...new Set(steps.map(({ to }) => to))];
  const allowedBy = (steps: readonly Step[]) => (from: string, to: string) =>
    from === to || steps.some((step) => step.from === from && step.to === to);

  it("takes a request the steps of its table and no others", async () => {
    const make = `insert into support_request (id, requested_by_id, title, need, received_on, status, score, sponsor_id, decision_reason, redirected_to_body, criteria_set_id, source)
      values (?, ?, 't', 'n', now(), ?, 50, ?, 'r', ?, ?, 'USER')`;
    // A request comes to be ASSESSED by assessments alone, which this one lacks: that is the later guard, so the step is taken.
    const later = "support_request_assessed_by_two";
    const found: string[] = [];
    const stated: string[] = [];
    for (const from of statusesOf(supportRequestSteps))
      for (const to of statusesOf(supportRequestSteps)) {
        const params = [
          newUuid(),
          seedId("Organisation", "demo-practice-1").slice(4),
          from,
          seedId("Person", "demo-person-3").slice(4),
          from === "REDIRECTED" ? "B" : null,
          demonstrationSetId.slice(4),
        ];
        const place = to === "REDIRECTED" ? "'B'" : "null";
        const move = `update support_request set status = '${to}', redirected_to_body = ${place} where id = ?`;
        const isAllowed = await allows(make, params, move, ["support_request_status"]).catch(
          (error: unknown) => (error as { constraint?: string }).constraint === later,
        );
        if (isAllowed) found.push(`${from} ${to}`);
        if (allowedBy(supportRequestSteps)(from, to)) stated.push(`${from} ${to}`);
      }
    expect(found).toEqual(stated);
  });

  it("takes a set of criteria the steps of its table and no others", async () => {
    const reach: Record<string, string> = {
      DRAFT: "select 1",
      LIVE: "update criteria_set set status = 'LIVE', live_at = now() where id = ?",
      RETIRED: "update criteria_set set status = 'RETIRED', retired_at = now() where id = ?",
    };
    const found: string[] = [];
    const stated: string[] = [];
    for (const from of ["DRAFT", "LIVE", "RETIRED"])
      for (const to of ["DRAFT", "LIVE", "RETIRED"]) {
        const isAllowed = await world.arrange(async ({ em }) => {
          const id = newUuid();
          await em.execute("update criteria_set set status = 'RETIRED', retired_at = now() where status = 'LIVE'");
          await em.execute("insert into criteria_set (id, title, moderation_above) values (?, 't', 30)", [id]);
          await em.execute(
            "insert into criterion (id, criteria_set_id, code, title, weight, scale_from, scale_to, place) values (?, ?, 'c', 't', 100, 0, 5, 1)",
            [newUuid(), id],
          );
          for (const status of from === "RETIRED" ? ["LIVE", "RETIRED"] : from === "LIVE" ? ["LIVE"] : [])
            await em.execute(reach[status] as string, [id]);
          const dates = `live_at = ${to === "DRAFT" ? "null" : "coalesce(live_at, now())"}, retired_at = ${to === "RETIRED" ? "coalesce(retired_at, now())" : "null"}`;
          try {
            await em.execute(`update criteria_set set status = '${to}', ${dates} where id = ?`, [id]);
          } catch (error) {
            expect(error).toMatchObject({ constraint: "criteria_set_stays" });
            return rollback(false);
          }
          return rollback(true);
        });
        if (isAllowed) found.push(`${from} ${to}`);
        if (criteriaSetSteps.some((step) => step.from === from && step.to === to)) stated.push(`${from} ${to}`);
      }
    expect(found).toEqual(stated);
  });
});
