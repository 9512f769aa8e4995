/** One run over the whole workspace. Node strips the types itself, so no transformer stands between sources and tests. */
export default {
  testEnvironment: "node",
  // A package that is installed elsewhere is compiled when it is packed; here its sources run as they are.
  testEnvironmentOptions: { customExportConditions: ["@clic/source", "node", "node-addons"] },
  transform: {},
  extensionsToTreatAsEsm: [".ts"],
  moduleFileExtensions: ["ts", "js", "mjs", "cjs", "json", "node"],
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/\\.clic/", "/\\.nx/"],
  modulePathIgnorePatterns: ["<rootDir>/\\.clic/", "<rootDir>/\\.nx/"],
  globalSetup: "<rootDir>/packages/local-postgres/src/jest-global-setup.ts",
  globalTeardown: "<rootDir>/packages/local-postgres/src/jest-global-teardown.ts",
  maxWorkers: 2,
  testTimeout: 60_000,
  watchman: false,
};
