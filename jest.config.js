/** Types are stripped, never checked: that is `npm run typecheck`. The target is the project's, as in tsconfig.json. */
const compiled = (parser) => ["@swc/jest", { jsc: { parser, target: "es2022" } }];

/** Tests without network, Terraform or minutes. The others: see jest.exhaustive.config.js and jest.real.config.js. */
/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": compiled({ syntax: "typescript" }),
    // GitHub's own parsers are ES modules that import JSON as no Node does: neither Jest 29 nor Node loads them as they are.
    "/@actions/.+\\.js$": compiled({ syntax: "ecmascript" }),
  },
  transformIgnorePatterns: ["/node_modules/(?!@actions/)"],
  moduleNameMapper: {
    "^@actions/([^/]+)$": "<rootDir>/node_modules/@actions/$1/dist/index.js",
    "^@actions/([^/]+)/(.+)$": "<rootDir>/node_modules/@actions/$1/dist/$2.js",
  },
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/.stryker-tmp/", "\\.(exhaustive|real)\\.test\\.ts$"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/build", "<rootDir>/.stryker-tmp"],
  // A busy machine makes a test slow, not wrong.
  testTimeout: 30_000,
  // One more than the two cores that the tests are sized for: many of them wait for a process.
  maxWorkers: 3,
};
