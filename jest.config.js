/** Tests without network, Terraform or minutes. The others are `*.real.test.ts`: see jest.real.config.js. */
/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": "ts-jest",
    // GitHub's own parsers are ES modules, which Jest 29 can't load as they are.
    "/@actions/.+\\.js$": [
      "ts-jest",
      {
        tsconfig: {
          allowJs: true,
          module: "CommonJS",
          target: "ES2022",
          isolatedModules: true,
          esModuleInterop: true,
        },
      },
    ],
  },
  transformIgnorePatterns: ["/node_modules/(?!@actions/)"],
  moduleNameMapper: {
    "^@actions/([^/]+)$": "<rootDir>/node_modules/@actions/$1/dist/index.js",
    "^@actions/([^/]+)/(.+)$": "<rootDir>/node_modules/@actions/$1/dist/$2.js",
  },
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "\\.d\\.ts$", "\\.js$", "\\.real\\.test\\.ts$"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/build", "<rootDir>/.stryker-tmp"],
  // One more than the two cores that the tests are sized for: many of them wait for a process.
  maxWorkers: 3,
};
