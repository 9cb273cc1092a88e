/** Tests without network, Terraform or minutes. The others are `*.real.test.ts`: see jest.real.config.js. */
/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": "ts-jest" },
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "\\.d\\.ts$", "\\.js$", "\\.real\\.test\\.ts$"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/build"],
  maxWorkers: 2,
};
