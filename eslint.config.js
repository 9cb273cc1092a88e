const tseslint = require("typescript-eslint");

module.exports = tseslint.config(
  { ignores: ["node_modules", "cdktf.out", "build", "coverage"] },
  { files: ["**/*.ts"], extends: [tseslint.configs.strict, tseslint.configs.stylistic] },
);
