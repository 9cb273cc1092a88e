const base = require("./jest.config");

/** Tests that need Terraform, a registry, a browser or minutes. Each says why it is skipped where it can't run. */
/** @type {import("jest").Config} */
module.exports = {
  ...base,
  testMatch: ["**/*.real.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/.stryker-tmp/"],
  testTimeout: 600_000,
  maxWorkers: 1,
  verbose: true,
};
