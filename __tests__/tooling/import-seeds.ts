import type { Seeds } from "./seeded-project";

/** Which rooms each room may import, itself aside. */
export const DIRECTIONS: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  network: ["errors"],
  policy: ["errors", "network"],
  verification: ["errors", "network", "policy"],
  constructs: ["errors", "network", "policy"],
  environments: ["errors", "network", "policy"],
  operations: ["errors", "network", "policy"],
  stacks: ["constructs", "errors", "network", "policy"],
  gate: ["errors", "network", "policy", "verification"],
  cli: ["environments", "errors", "network", "operations", "policy", "verification"],
  rehearsal: ["environments", "errors", "gate", "network", "operations", "policy", "stacks", "verification"],
  examples: ["constructs", "errors", "gate", "network", "policy"],
  appliers: [],
  main: ["environments", "errors", "gate", "network", "stacks"],
};

const BOTTOM: readonly string[] = ["solver", "terraform"];
const MIDDLE: readonly string[] = ["appliers", "edge", "gateway", "github"];

/** Which rooms of the proof each of them may import, itself aside. */
export const PROOF_DIRECTIONS: Readonly<Record<string, readonly string[]>> = {
  render: ["answers", "statements", ...MIDDLE, ...BOTTOM],
  answers: ["statements", ...MIDDLE, ...BOTTOM],
  statements: [...MIDDLE, ...BOTTOM],
  ...Object.fromEntries(MIDDLE.map((room) => [room, BOTTOM])),
  ...Object.fromEntries(BOTTOM.map((room) => [room, []])),
};
export const PROOF_ROOMS: readonly string[] = Object.keys(PROOF_DIRECTIONS);

/** The rooms that may load cdktf, its providers and the constructs package. */
export const CDKTF_ROOMS: readonly string[] = ["constructs", "examples", "gate", "rehearsal", "stacks"];

export const ROOMS: readonly string[] = Object.keys(DIRECTIONS).filter((room) => room !== "main");
export const TARGETS: readonly string[] = [...ROOMS, "__tests__", "tests"];

/** Every spelling in which a barrel can be loaded. */
export const BARREL_IMPORTS: Readonly<Record<string, string>> = {
  "named-namespace": 'import { ruleset } from "@cdktf/provider-cloudflare"; export const a = ruleset;',
  "import-star": 'import * as all from "@cdktf/provider-cloudflare"; export const a = all;',
  "import-type": 'import type * as all from "@cdktf/provider-cloudflare"; export type A = all.ruleset.Ruleset;',
  "for-effect": 'import "@cdktf/provider-cloudflare";',
  "export-star": 'export * from "@cdktf/provider-cloudflare";',
  "export-named": 'export { ruleset } from "@cdktf/provider-cloudflare";',
  require: 'export const a = require("@cdktf/provider-cloudflare");',
  "import-require": 'import all = require("@cdktf/provider-cloudflare"); export const a = all;',
  "import-call": 'export const a = import("@cdktf/provider-cloudflare");',
  "import-in-a-type": 'export type A = import("@cdktf/provider-cloudflare").ruleset.Ruleset;',
  "lib-index": 'import { ruleset } from "@cdktf/provider-cloudflare/lib"; export const a = ruleset;',
  "lib-index-js": 'import { ruleset } from "@cdktf/provider-cloudflare/lib/index.js"; export const a = ruleset;',
};

const everyRoom = (text: (room: string) => string, name: string): Seeds =>
  Object.fromEntries(ROOMS.map((room) => [`${room}/${name}.ts`, text(room)]));

/** Every room imports every room, by one file each. */
const directions: Seeds = Object.fromEntries(
  TARGETS.flatMap((to) => [
    [`${to}/target.ts`, "export const target = 1;"],
    ...TARGETS.map((from) => [`${from}/imports-${to}.ts`, `export * from "../${to}/target";`]),
  ]),
);

/** Every room of the proof imports every other, and the files beside them, by one file each. */
const proof: Seeds = Object.fromEntries([
  ...["result", "once-per", "index"].map((file) => [`verification/${file}.ts`, "export const file = 1;"] as const),
  ...PROOF_ROOMS.flatMap((from) => [
    [`verification/${from}/target.ts`, "export const target = 1;"] as const,
    ...PROOF_ROOMS.map((to) => [`verification/${from}/imports-${to}.ts`, `export * from "../${to}/target";`] as const),
    ...["result", "once-per", "index"].map(
      (file) => [`verification/${from}/imports-${file}.ts`, `export * from "../${file}";`] as const,
    ),
  ]),
]);

const barrels: Seeds = Object.fromEntries(
  Object.entries(BARREL_IMPORTS).map(([form, text]) => [`stacks/barrel-${form}.ts`, text]),
);

export const IMPORT_SEEDS: Seeds = {
  ...directions,
  ...proof,
  ...barrels,
  ...everyRoom(() => 'import "cdktf";', "loads-cdktf"),
  ...everyRoom(() => 'import type { Construct } from "constructs"; export type C = Construct;', "loads-constructs"),
  ...everyRoom(() => 'import "@cdktf/provider-cloudflare/lib/ruleset";', "loads-a-provider"),
  ...everyRoom(() => 'import "node:http";', "opens-a-socket"),
  ...everyRoom(() => 'import "fast-check";', "loads-a-development-package"),
  ...everyRoom(() => 'import "zod";', "loads-a-package"),
  "constructs/scan/programs/needs-a-package.cjs": 'require("zod");',
  "constructs/scan/programs/needs-the-project.cjs": 'require("../../target");',
  "constructs/scan/programs/needs-node.cjs": 'require("node:https"); require("./helps");',
  "constructs/scan/programs/helps.cjs": "module.exports = 1;",
  "constructs/index.ts": 'export * from "./loads-constructs";',
  "main.ts": TARGETS.map((room) => `import "./${room}/target";`).join("\n"),
  "policy/leaks-a-construct.ts": 'export * from "../constructs/target";',
  "verification/sees-a-construct-by-a-chain.ts": 'import "../policy/leaks-a-construct";',
  "policy/leaks-a-proof.ts": 'export * from "../verification/target";',
  "constructs/sees-a-proof-by-a-chain.ts": 'import "../policy/leaks-a-proof";',
  "cli/loads-cdktf-by-a-chain.ts": 'import "../environments/loads-cdktf";',
  "policy/circle-a.ts": 'import "./circle-b";',
  "policy/circle-b.ts": 'import "./circle-a";',
  "policy/circle-of-types-a.ts": 'import type { B } from "./circle-of-types-b"; export type A = B | 1;',
  "policy/circle-of-types-b.ts": 'import type { A } from "./circle-of-types-a"; export type B = A | 2;',
  "policy/undeclared.ts": 'import "esquery";',
  "policy/unresolvable.ts": 'import "./nowhere";',
  "policy/helped-by-a-stranger.ts": 'import "../helpers/stranger";',
  "helpers/stranger.ts": 'import "../verification/target";',
};
