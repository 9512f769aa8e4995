import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type GraphServer, startGraphServer } from "./graph-server.ts";

const root = resolve(import.meta.dirname, "../../..");
/** What the samples use beside the package; a front end has them from the registry, and the tests need no network. */
const installed = [
  "@apollo/client",
  "@graphql-codegen/cli",
  "@graphql-codegen/client-preset",
  "@graphql-typed-document-node/core",
  "@types/node",
  "gql.tada",
  "graphql",
  "rxjs",
];
// What npm tells its scripts would point a second npm to this repository.
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_OPTIONS$/i.test(name)),
);

let folder: string;
let files: readonly string[];
let server: GraphServer;

const run = async (command: string, args: readonly string[], cwd = folder): Promise<string> => {
  try {
    return (await promisify(execFile)(command, args, { cwd, env: environment, timeout: 100_000 })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
};
const evaluate = async (program: string): Promise<any> =>
  JSON.parse(await run(process.execPath, ["--input-type=module", "--eval", program]));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "clic-front-end-"));
  const packed = await run(
    "npm",
    ["pack", "--json", "--silent", "--pack-destination", folder],
    resolve(import.meta.dirname, ".."),
  );
  const [tarball] = JSON.parse(packed.slice(packed.indexOf("["))) as { filename: string; files: { path: string }[] }[];
  files = tarball?.files.map(({ path }) => path) ?? [];
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "front-end", private: true, type: "module" }));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball?.filename}`]);
  server = await startGraphServer();
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the package, packed and installed in an empty folder", () => {
  it("has what is compiled, the schema and the README, and no sources", () => {
    expect(files).toEqual(
      expect.arrayContaining(["README.md", "dist/index.js", "dist/LICENSE", "schema.graphql", "introspection.json"]),
    );
    expect(files.filter((file) => !file.startsWith("dist/"))).toHaveLength(4);
    expect(files.filter((file) => /\.test\.|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  });

  it("loads with nothing else installed", async () => {
    const names = await evaluate(`
      const names = [];
      for (const part of ["", "/apollo", "/codegen", "/request", "/tada"])
        names.push(...Object.keys(await import("@clic/graph-client" + part)));
      console.log(JSON.stringify(names));
    `);
    expect(names).toEqual(
      expect.arrayContaining(["isRefusal", "sortErrors", "cacheOptions", "codegen", "connectGraph"]),
    );
  });

  describe("beside a front end's tools", () => {
    beforeAll(async () => {
      for (const name of installed) {
        mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
        symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
      }
      cpSync(join(import.meta.dirname, "sample"), folder, { recursive: true });
      const codegen = join(root, "node_modules/@graphql-codegen/cli/esm/bin.js");
      await run(process.execPath, [codegen, "--config", "codegen.ts", "--silent"]);
    }, 120_000);

    const told = (sample: string): Promise<string[]> =>
      evaluate(
        `import { tell } from "./${sample}"; console.log(JSON.stringify(await tell(${JSON.stringify(server.url)})))`,
      );

    it.each(["nodenext", "bundler"])(
      "types operations and catches mistakes, resolved as %s does",
      async (resolution) => {
        const module = resolution === "bundler" ? "esnext" : resolution;
        await run(join(root, "node_modules/.bin/tsc"), [
          "-p",
          ".",
          "--module",
          module,
          "--moduleResolution",
          resolution,
        ]);
      },
    );

    it("pages, books and fills a form's errors by graphql-codegen's documents", async () => {
      expect(await told("with-codegen.ts")).toEqual([
        "Induction undated 0",
        "Coaching undated 1",
        "Report-out undated 2",
        "Town hall undated 3",
        "Clinic undated 4",
        "CONFIRMED",
        "bkg_1",
        '{"form":null,"fields":{"event":"No place is left."}}',
        "No place is left.",
        '{"form":"You have a booking.","fields":{}}',
        "bkg_3",
      ]);
      expect(server.seen.at(-1)).toMatchObject({ authorization: "Bearer a-token", "x-acting-organisation": "org_1" });
    });

    it("does so by gql.tada's", async () => {
      expect(await told("with-tada.ts")).toEqual([
        ...["Induction", "Coaching", "Report-out", "Town hall", "Clinic"].map(
          (title, left) => `${title} undated ${left}`,
        ),
        "CONFIRMED",
        "bkg_3",
      ]);
    });

    it("lets Apollo Client's cache grow a list of nodes", async () => {
      expect(await told("with-apollo.ts")).toEqual([
        "Induction, Coaching",
        "Induction, Coaching, Report-out, Town hall, Clinic",
      ]);
    });
  });
});

it("maps every scalar that the schema has of its own", () => {
  const sdl = readFileSync(join(import.meta.dirname, "../schema.graphql"), "utf8");
  const scalars = [...sdl.matchAll(/^scalar (\w+)/gm)].map(([, name]) => name);
  expect(scalars).toEqual(["Date", "DateTime", "SafeInt"]);
});
