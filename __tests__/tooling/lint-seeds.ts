import { BARREL_IMPORTS } from "./import-seeds";
import type { Seeds } from "./seeded-project";

/** One seeded file for each ESLint rule that the project adds or relies on: name to text. */
const BROKEN: Seeds = {
  "default-export": "export default 1;",
  "default-by-name": "const a = 1; export { a as default };",
  any: "export const a = (b: any): unknown => b;",
  "computed-import": 'export const load = (name: string) => import("zod" + name);',
  "import-in-a-type": 'export type A = import("zod").ZodType;',
  "loose-equality": "export const same = (a: number, b: number): boolean => a == b;",
  "predicate-of-text": 'export function isRight(): string { return ""; }',
  "predicate-untyped": "export const hasRight = (a: number) => a > 1;",
  "predicate-method": "export class A { public mayBe(): number { return 1; } }",
  "predicate-promised": "export async function canBe(): Promise<boolean> { return Promise.resolve(true); }",
  "predicate-undefined": "export interface A { isRight(): boolean | undefined; }",
  "predicate-member": "export interface A { readonly areRight: (a: number) => string; }",
  "predicate-curried": "export const isAbove = (a: number) => (b: number): boolean => b > a;",
  "idle-disable": "// eslint-disable-next-line eqeqeq\nexport const a = 1;",
  fetch: 'export const load = () => fetch("https://example.com/");',
};

const ALLOWED: Seeds = {
  "named-export": "export const a = 1;",
  "subpath-import": 'import { Ruleset } from "@cdktf/provider-cloudflare/lib/ruleset";\nexport const a = Ruleset;',
  predicates: [
    "export interface A { readonly isRight: boolean; readonly mayBe: (a: unknown) => boolean; }",
    "export function isText(a: unknown): a is string { return typeof a === 'string'; }",
    "export const hasRight = ({ isRight }: A): boolean => isRight;",
    "export class B { public isRight(): boolean { return true; } public island(): number { return 1; } }",
  ].join("\n"),
  "literal-import": 'export const load = () => import("zod");',
};

const inRoom = (room: string, seeds: Seeds): Seeds =>
  Object.fromEntries(Object.entries(seeds).map(([name, text]) => [`${room}/${name}.ts`, `${text}\n`]));

export const LINT_SEEDS: Seeds = {
  ...inRoom("stacks/broken", BROKEN),
  ...inRoom("stacks/allowed", ALLOWED),
  ...inRoom("stacks/barrel", BARREL_IMPORTS),
  "constructs/scan/programs/fetch.cjs": 'void fetch("https://example.com/");\n',
  ...inRoom("operations", { fetch: BROKEN["fetch"] ?? "" }),
};
