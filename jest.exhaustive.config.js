const base = require("./jest.config");

/** All of the long tables and properties of which `npm test` tries a sample: those of __tests__/support/sample.ts. */
/** @type {import("jest").Config} */
module.exports = { ...base, globals: { EXHAUSTIVE: true }, testTimeout: 300_000 };
