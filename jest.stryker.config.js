/** The fast tests of the code that Stryker mutates: without cdktf, and without properties that take their time. */
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: [
    "<rootDir>/__tests__/network/**/*.test.ts",
    "<rootDir>/__tests__/verification/{appliers,edge,gateway,github,solver,terraform}/**/*.test.ts",
  ],
  testPathIgnorePatterns: [
    "/node_modules/",
    "\\.(document|exhaustive|growth|loopback|oracle|process|real)\\.test\\.ts$",
    "(shipped|meta)\\.test\\.ts$",
  ],
  // Its copy of the project lies in a folder that the project's own tests leave out.
  modulePathIgnorePatterns: [],
};
