const base = require("./jest.config");

/**
 * All of the long tables and properties of which the other runs try a sample (those of __tests__/support/sample.ts), and
 * `*.exhaustive.test.ts`.
 */
/** @type {import("jest").Config} */
module.exports = {
  ...base,
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/.stryker-tmp/", "\\.real\\.test\\.ts$"],
  globals: { EXHAUSTIVE: true },
};
