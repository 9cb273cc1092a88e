const tseslint = require("typescript-eslint");

/** A provider package's barrel, in every spelling that resolves to it. It loads 560 files where one is meant. */
const BARREL = "^@cdktf/provider-[^/]+(/(lib(/(index([.][a-z]+)?)?)?)?)?$";
const BARREL_MESSAGE = "Import the one resource by its subpath, for example @cdktf/provider-cloudflare/lib/ruleset.";

/** As part of a selector: esquery reads a regular expression up to the next slash. */
const BARREL_IN_SELECTOR = BARREL.replaceAll("/", "\\u002F");

const STATIC_IMPORTS = [
  { selector: `ImportExpression[source.value=/${BARREL_IN_SELECTOR}/]`, message: BARREL_MESSAGE },
  {
    selector: "ImportExpression:not([source.type='Literal'])",
    message: "Name the module in a literal: a computed one escapes the import rules.",
  },
  { selector: "TSImportType", message: "Import the type at the top of the file, where the import rules see it." },
];

/** A function of this name answers yes or no. Each says so in its signature, where the rule and the reader see it. */
const PREDICATE = "/^(is|has|may|are|can)(?![a-z])/";
const OF_OTHER_TYPE = "[returnType.typeAnnotation.type!=/^(TSBooleanKeyword|TSTypePredicate)$/]";
const PREDICATES = [
  `FunctionDeclaration[id.name=${PREDICATE}]${OF_OTHER_TYPE}`,
  `VariableDeclarator[id.name=${PREDICATE}] > :matches(ArrowFunctionExpression, FunctionExpression)${OF_OTHER_TYPE}`,
  `MethodDefinition[key.name=${PREDICATE}] > FunctionExpression${OF_OTHER_TYPE}`,
  `TSMethodSignature[key.name=${PREDICATE}]${OF_OTHER_TYPE}`,
  `TSPropertySignature[key.name=${PREDICATE}] > TSTypeAnnotation > TSFunctionType${OF_OTHER_TYPE}`,
].map((selector) => ({
  selector,
  message:
    "A function whose name begins with is, has, may, are or can returns boolean or a type predicate, and says so.",
}));

/** The rooms that open no socket. */
const WITHOUT_SOCKETS = [
  "main.ts",
  ...["stacks", "constructs", "gate", "environments", "policy", "network", "errors", "verification", "cli"].map(
    (room) => `${room}/**`,
  ),
];

module.exports = tseslint.config(
  { ignores: ["node_modules", "cdktf.out", "build", "coverage", ".stryker-tmp", "__tests__/fixtures"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{ts,js,cjs,mjs}"],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    rules: {
      eqeqeq: "error",
      "no-duplicate-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-restricted-syntax": ["error", ...STATIC_IMPORTS],
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: [{ regex: BARREL, message: BARREL_MESSAGE, caseSensitive: true }] },
      ],
    },
  },
  {
    files: ["**/*.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...STATIC_IMPORTS, ...PREDICATES],
      "no-restricted-exports": [
        "error",
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
    },
  },
  { files: ["**/*.{js,cjs}"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  {
    // The face loads each construct when it is first used; dependency-cruiser sees these requires, since they are literal.
    files: ["constructs/index.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: WITHOUT_SOCKETS,
    ignores: ["constructs/**/programs/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["fetch", "WebSocket", "EventSource"].map((name) => ({
          name,
          message: "Only operations and programs open sockets.",
        })),
      ],
    },
  },
);
