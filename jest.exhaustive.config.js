const base = require("./jest.config");

/** What measures time, and all of the long tables and properties of which `npm test` tries a sample: those of __tests__/support/sample.ts. */
/** @type {import("jest").Config} */
module.exports = {
  ...base,
  testPathIgnorePatterns: base.testPathIgnorePatterns.map((pattern) => pattern.replace("(exhaustive|real)", "real")),
  globals: { EXHAUSTIVE: true },
  testTimeout: 300_000,
};
