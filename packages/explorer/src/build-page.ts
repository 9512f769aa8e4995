import { randomUUID } from "node:crypto";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, defaultClientConditions } from "vite";

const root = join(import.meta.dirname, "..");

/**
 * Bundles the page, its workers and fonts into a folder that is complete as soon as it is there. Everything is a file
 * of its own (no `data:` scripts, workers or fonts), so that a strict Content-Security-Policy can serve it.
 */
export async function buildPage(to: string): Promise<void> {
  const unfinished = `${to}.${randomUUID()}`;
  mkdirSync(dirname(to), { recursive: true });
  try {
    await build({
      root,
      configFile: false,
      base: "/explorer/",
      // Warnings are about directives in React libraries that mean nothing to a browser: hundreds of them.
      logLevel: "error",
      worker: { format: "es" },
      resolve: { conditions: ["@clic/source", ...defaultClientConditions] },
      build: {
        outDir: unfinished,
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 10_000,
        target: "es2023",
      },
    });
    rmSync(to, { recursive: true, force: true });
    renameSync(unfinished, to);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
