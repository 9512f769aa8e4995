/** One run over the whole workspace. Node strips the types itself, so no transformer stands between sources and tests. */
export default {
  testEnvironment: "node",
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
