/** Types are stripped, never checked: that is `npm run typecheck`. The target is the project's, as in tsconfig.json. */
const compiled = (parser) => ["@swc/jest", { jsc: { parser, target: "es2022" } }];

/**
 * The tests of `npm test`: quick, and without processes (but for the contract's one), sockets or Terraform.
 *
 * A test file says by its name where it runs. Those of jest.check.config.js compare with an oracle
 * (`*.oracle.test.ts`), count how work grows (`*.growth.test.ts`) or read a command's output or a report
 * (`*.document.test.ts`). Others talk to a stand-in on loopback (`*.loopback.test.ts`), start a process
 * (`*.process.test.ts`), or are about mutants or documents. Those of jest.real.config.js are named `*.real.test.ts`.
 */
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
    // Zod loads its messages in fifty languages, and one is used. The others are a quarter of the code that a test file
    // loads.
    "^\\.\\./locales/index\\.cjs$": "<rootDir>/node_modules/zod/v4/locales/en.cjs",
    "^@actions/([^/]+)$": "<rootDir>/node_modules/@actions/$1/dist/index.js",
    "^@actions/([^/]+)/(.+)$": "<rootDir>/node_modules/@actions/$1/dist/$2.js",
  },
  setupFiles: ["<rootDir>/__tests__/support/token-traces.ts"],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: [
    "/node_modules/",
    "<rootDir>/.stryker-tmp/",
    "\\.(document|exhaustive|growth|loopback|oracle|process|real)\\.test\\.ts$",
    "<rootDir>/tests/(docs|mutants)/",
  ],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/build", "<rootDir>/.stryker-tmp"],
  // A busy machine makes a test slow, not wrong.
  testTimeout: 300_000,
  maxWorkers: "100%",
};
