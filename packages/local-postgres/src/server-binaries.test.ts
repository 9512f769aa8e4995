import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { serverAccount } from "./server-account.ts";
import { findServerBinaries } from "./server-binaries.ts";

describe("PostgreSQL as npm installed it", () => {
  let directory: string;
  let installed: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "server-binaries-"));
    chmodSync(directory, 0o711);
    installed = join(directory, "installed");
    const working = findServerBinaries(directory, null).postgres;
    cpSync(dirname(dirname(dirname(working))), installed, { recursive: true, verbatimSymlinks: true });
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("is run where it lies when it can be", () => {
    expect(findServerBinaries(directory, serverAccount(), installed).postgres).toMatch(new RegExp(`^${installed}/`));
  });

  it("is copied where the account that runs it cannot enter its folder", () => {
    const account = serverAccount();
    if (account === null) return;
    chmodSync(installed, 0o700);
    const found = findServerBinaries(directory, account, installed);
    chmodSync(installed, 0o755);
    expect(found.postgres).toMatch(new RegExp(`^${directory}/postgresql-18`));
    rmSync(dirname(dirname(dirname(found.postgres))), { recursive: true });
  });

  it("is copied and put right when its links were never made and its files are not executable", () => {
    const links = JSON.parse(readFileSync(join(installed, "native", "pg-symlinks.json"), "utf8")) as {
      target: string;
    }[];
    for (const { target } of links) rmSync(join(installed, target), { force: true });
    chmodSync(join(installed, "native", "bin", "initdb"), 0o644);
    const found = findServerBinaries(directory, serverAccount(), installed);
    expect(found.initdb).toMatch(new RegExp(`^${directory}/postgresql-18`));
    expect(findServerBinaries(directory, serverAccount(), installed)).toEqual(found);
  });

  it("is reported in one line with the cure when nothing helps", () => {
    rmSync(join(installed, "native", "lib"), { recursive: true });
    rmSync(join(directory, "postgresql-18.4.0-beta.17"), { recursive: true, force: true });
    const find = (): unknown => findServerBinaries(join(directory), serverAccount(), installed);
    expect(find).toThrow(/does not run here \([^\n]+\): run npm install again, or set DATABASE_URL/);
  });
});
