const { availableParallelism } = require("node:os");
const base = require("./jest.config");

/** The tests of `npm run check`: jest.config.js says which they are. */
/** @type {import("jest").Config} */
module.exports = {
  ...base,
  testMatch: ["**/*.{document,growth,loopback,oracle,process}.test.ts", "<rootDir>/tests/{docs,mutants}/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/.stryker-tmp/"],
  // One more than there are cores: many of these tests wait for a process.
  maxWorkers: availableParallelism() + 1,
};
