/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": "ts-jest" },
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "\\.d\\.ts$", "\\.js$"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/build"],
  maxWorkers: 2,
};
