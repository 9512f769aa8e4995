import { describe, expect, it } from "@jest/globals";
import { boundaries } from "./boundary.constraints.ts";
import { type Dependency, findBoundaryViolations, type Project } from "./boundary.rules.ts";

const projects: readonly Project[] = [
  { name: "events", tags: ["type:service", "scope:events"] },
  { name: "leadership", tags: ["type:service", "scope:leadership"] },
  { name: "gateway", tags: ["type:application", "scope:gateway"] },
  { name: "subgraph-kit", tags: ["type:package", "scope:shared"] },
  { name: "identity", tags: ["type:package", "scope:shared"] },
  { name: "graph-client", tags: ["type:client", "scope:client"] },
  { name: "explorer", tags: ["type:application", "scope:client"] },
  { name: "local-postgres", tags: ["type:package", "scope:development"] },
];

const violations = (source: string, target: string, files: readonly string[] = [`${source}/src/a.ts`]) => {
  const imported = target.startsWith("npm:") ? target.slice("npm:".length) : `@clic/${target}`;
  const dependency: Dependency = { source, target, imported, files };
  return findBoundaryViolations(projects, [dependency], boundaries);
};

describe("project boundaries", () => {
  it("let a service and the gateway use the shared packages", () => {
    expect(violations("events", "subgraph-kit")).toEqual([]);
    expect(violations("gateway", "identity")).toEqual([]);
  });

  it("keep a service out of another service, in tests too", () => {
    expect(violations("events", "leadership")).toHaveLength(2);
    expect(violations("events", "leadership", ["services/events/test/a.test.ts"])[0]).toMatch(
      /^services\/events\/test\/a.test.ts: type:service may depend on/,
    );
  });

  it("keep a service out of the gateway and a package out of a service", () => {
    expect(violations("events", "gateway")).not.toEqual([]);
    expect(violations("identity", "events")).not.toEqual([]);
  });

  it("keep the house out of what front ends install, which applications may use", () => {
    expect(violations("graph-client", "identity")).not.toEqual([]);
    expect(violations("explorer", "graph-client")).toEqual([]);
    expect(violations("gateway", "graph-client")).not.toEqual([]);
  });

  it("keep the kit and the ORM out of the gateway", () => {
    expect(violations("gateway", "subgraph-kit")).toEqual([
      "gateway/src/a.ts: scope:gateway never imports @clic/subgraph-kit",
    ]);
    expect(violations("gateway", "npm:@mikro-orm/core")).toEqual([
      "gateway/src/a.ts: scope:gateway never imports @mikro-orm/core",
    ]);
    expect(violations("events", "npm:@mikro-orm/core")).toEqual([]);
  });

  it("leave what is for development to tests", () => {
    const test = "services/events/src/booking/book-place.test.ts";
    expect(violations("events", "local-postgres", [test, "services/events/test/app.ts"])).toEqual([]);
    expect(violations("events", "local-postgres", [test, "services/events/src/app.ts"])).toEqual([
      "services/events/src/app.ts: scope:events may depend on scope:shared, but local-postgres is type:package, scope:development",
    ]);
  });

  it("count a dependency that only a manifest declares", () => {
    expect(violations("events", "leadership", [])[0]).toMatch(/^the manifest of events: /);
  });

  it("want a constraint for every tag", () => {
    const untold = findBoundaryViolations([{ name: "new", tags: ["type:package", "scope:new"] }], [], boundaries);
    expect(untold).toEqual(["new: no constraint is written for its tag scope:new"]);
  });

  it("never allow everything to everybody", () => {
    expect(Object.entries(boundaries.mayDependOn).flat(2)).not.toContain("*");
  });
});
