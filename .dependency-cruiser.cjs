/** Which rooms each room may import. Everything else in the project is closed to it. */
const MAY_IMPORT = {
  errors: [],
  network: ["errors"],
  policy: ["network", "errors"],
  verification: ["policy", "network", "errors"],
  constructs: ["policy", "network", "errors"],
  environments: ["policy", "network", "errors"],
  operations: ["policy", "network", "errors"],
  stacks: ["constructs", "policy", "network", "errors"],
  gate: ["verification", "policy", "network", "errors"],
  cli: ["operations", "verification", "environments", "policy", "network", "errors"],
  rehearsal: ["gate", "stacks", "environments", "operations", "verification", "policy", "network", "errors"],
  examples: ["constructs", "gate", "policy", "network", "errors"],
  appliers: [],
};
/** The rooms of the proof, from the top to the bottom, and which of them each may import. The four in the middle never see each other. */
const MIDDLE = ["edge", "gateway", "github", "appliers"];
const BOTTOM = ["solver", "terraform"];
const PROOF_MAY_IMPORT = {
  render: ["answers", "statements", ...MIDDLE, ...BOTTOM],
  answers: ["statements", ...MIDDLE, ...BOTTOM],
  statements: [...MIDDLE, ...BOTTOM],
  ...Object.fromEntries(MIDDLE.map((room) => [room, BOTTOM])),
  ...Object.fromEntries(BOTTOM.map((room) => [room, []])),
};
/** Files beside the rooms of the proof: helpers below all of them, and the type of result between the bottom and the rest. */
const PROOF_HELPERS = ["attempt", "collections", "once-per", "tokens"];
const PROOF_RESULT = "result";
const MAIN_MAY_IMPORT = ["gate", "stacks", "environments", "network", "errors"];
const TESTS = ["__tests__", "tests"];

const rooms = Object.keys(MAY_IMPORT);
const under = (...names) => `^(${names.join("|")})/`;
const main = "^main[.]ts$";
const packages = (...names) => `(^|/)node_modules/(${names.join("|")})`;

/** The folders of the product, apart from the tests and the tools' own configuration. */
const product = `(${main}|${under(...rooms)})`;
const tests = under(...TESTS);
const configuration = "^[^/]+[.](js|cjs|mjs)$|^[.]ci/";
const elsewhere = "(^|/)node_modules/";
const inProject = `(${product}|${tests}|${configuration})`;

const CDKTF = packages("cdktf/", "constructs/", "@cdktf/");
const WITHOUT_CDKTF = rooms.filter((room) => !["stacks", "constructs", "gate", "rehearsal", "examples"].includes(room));

/** Programs that run by themselves, elsewhere: on the machine that applies, or in a repository's workflow. */
const PROGRAMS = "^(appliers|constructs/.+/programs)/";
const WITH_SOCKETS = `${under("operations", "rehearsal")}|${PROGRAMS}`;

const error = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const oneWay = ([room, allowed]) =>
  error(
    `${room}-imports-run-one-way`,
    `${room} may import ${allowed.join(", ") || "nothing of the project"}.`,
    { path: under(room) },
    { path: inProject, pathNot: under(room, ...allowed) },
  );

const inProof = (...names) => `^verification/(${names.join("|")})/`;

function proofOneWay([room, allowed]) {
  const files = [...PROOF_HELPERS, ...(BOTTOM.includes(room) ? [] : [PROOF_RESULT])].map((file) => `${file}[.]ts`);
  return error(
    `proof-${room}-imports-run-one-way`,
    `verification/${room} may import ${allowed.join(", ") || "no other room of the proof"}.`,
    { path: inProof(room) },
    {
      path: "^verification/",
      pathNot: [inProof(room, ...allowed), `^verification/(${files.join("|")})$`],
    },
  );
}

/*
 * The directions are rules on single imports. Every room has a closed list, so no chain of allowed imports leads out of
 * it, and the error names the guilty line. `reachable` is for rules that must hold by any chain, lists included.
 */
module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(oneWay),
    ...Object.entries(PROOF_MAY_IMPORT).map(proofOneWay),
    error(
      "main-imports-run-one-way",
      `main.ts may import ${MAIN_MAY_IMPORT.join(", ")}.`,
      { path: main },
      { path: inProject, pathNot: under(...MAIN_MAY_IMPORT) },
    ),
    error(
      "every-module-has-a-room",
      "A module outside the known rooms would be bound by no direction.",
      { path: inProject },
      { pathNot: `${inProject}|${elsewhere}`, dependencyTypes: ["local"] },
    ),
    error(
      "strangers-import-nothing",
      "A module outside the known rooms would be bound by no direction.",
      { pathNot: `${inProject}|${elsewhere}` },
      {},
    ),
    error(
      "proof-sees-no-construct",
      "What proves and what is proven share nouns and syntax only: that makes the proof independent evidence.",
      { path: under("verification") },
      { path: under("constructs"), reachable: true },
    ),
    error(
      "construct-sees-no-proof",
      "What proves and what is proven share nouns and syntax only: that makes the proof independent evidence.",
      { path: under("constructs") },
      { path: under("verification"), reachable: true },
    ),
    error(
      "cdktf-stays-in-its-rooms",
      "Only main, stacks, constructs, gate and the rehearsal load cdktf: data, proofs and commands work without it.",
      { path: under(...WITHOUT_CDKTF) },
      { path: CDKTF, reachable: true },
    ),
    error(
      "no-provider-barrel",
      "A provider's barrel loads 560 files where one is meant: import by subpath.",
      {},
      { path: "(^|/)node_modules/@cdktf/provider-[^/]+/lib/index[.]" },
    ),
    error("no-circle", "Modules that need each other are one module.", {}, { circular: true }),
    error(
      "declared",
      "Every package that is imported stands in package.json.",
      {},
      // An optional peer counts as "npm-no-pkg" beside its own type, because of its entry in peerDependenciesMeta.
      {
        dependencyTypes: ["npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["npm", "npm-dev", "npm-peer"],
      },
    ),
    error("resolvable", "Every import leads somewhere.", {}, { couldNotResolve: true }),
    error(
      "development-stays-out-of-the-product",
      "Users of the constructs install no development package.",
      { path: product },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm-peer", "type-only"] },
    ),
    error(
      "lowest-rooms-need-no-package",
      "The lowest rooms need nothing but the language.",
      { path: under("network", "errors") },
      { path: elsewhere },
    ),
    error(
      "programs-stand-alone",
      "A program is copied to where it runs: it has nothing but Node and its own kind beside it.",
      { path: PROGRAMS },
      { path: `${inProject}|${elsewhere}`, pathNot: PROGRAMS },
    ),
    error(
      "sockets-stay-in-operations",
      "Only operations, the rehearsal and programs open sockets.",
      { path: product, pathNot: WITH_SOCKETS },
      { dependencyTypes: ["core"], path: "^(node:)?(net|tls|http|https|http2|dgram|dns|dns/promises|inspector)$" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(cdktf[.]out|build|coverage|[.]stryker-tmp|__tests__/fixtures|[.]github)/" },
    tsPreCompilationDeps: true,
    // Without `tsConfig`: with it the package `constructs` would be taken for the room of that name.
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
