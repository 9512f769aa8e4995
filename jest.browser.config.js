import base from "./jest.config.js";

const { globalSetup: _setup, globalTeardown: _teardown, ...rest } = base;

/** What runs in a browser, on a graph of its own: `npm run test:browser`. */
export default { ...rest, testMatch: ["<rootDir>/**/*.browser.ts"], maxWorkers: 1, testTimeout: 120_000 };
