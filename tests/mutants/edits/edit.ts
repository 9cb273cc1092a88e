import { EXAMPLE_IDS } from "../../../policy";
import type { Folder, JsonTree, StackCopy } from "../folder";
import { bodiesIn, put } from "../kind";

/** One thing that somebody writes into the production stack, or beside it. */
export interface Edit {
  readonly what: string;
  /** The opening or the disabled control that it causes; or why it opens nothing. */
  readonly why: string;
  /** The question that an acceptance answers, where a harmless edit needs one. */
  readonly question?: string;
  readonly change: (folder: Folder) => void;
}

const STACK = "production";
export const ZONE = EXAMPLE_IDS.production.zone;
export const OTHER_ZONE = "e".repeat(32);
export const ACCOUNT = EXAMPLE_IDS.account;
export const HOST = "app.example.com";
export const SECRET = "var.edge_secret_production";

/** The types of the resources that are edited most. */
export const RULESET = "cloudflare_ruleset";
export const RECORD = "cloudflare_dns_record";
export const SETTING = "cloudflare_zone_setting";
export const FILE = "github_repository_file";

export function stackIn({ stacks }: Folder, name: string = STACK): StackCopy {
  const stack = stacks.find((each) => each.name === name);
  if (stack === undefined) throw new Error(`there is no stack "${name}"`);
  return stack;
}

/** Adds a resource. */
export const add = (type: string, body: JsonTree, why: string): Edit => ({
  what: `add ${type} ${JSON.stringify(body)}`,
  why,
  change: (folder) => put(folder, STACK, { type, name: "Other", body }),
});

/** Adds a resource of each body. */
export const each = (type: string, bodies: readonly JsonTree[], why: string): readonly Edit[] =>
  bodies.map((body) => add(type, body, why));

/** The same edit, which passes once its question is accepted. */
export const asking = (question: string, edit: Edit): Edit => ({ ...edit, question });

/** Adds a block at the top of the stack's JSON, beside those that are there. */
export const top = (key: string, value: JsonTree, why: string): Edit => ({
  what: `write ${key} ${JSON.stringify(value)}`,
  why,
  change: (folder) => {
    const { json } = stackIn(folder);
    const own = (json[key] ??= {}) as JsonTree;
    merge(own, value);
  },
});

/** Adds members to those that are there, at every depth. */
export function merge(into: JsonTree, members: JsonTree): void {
  for (const [key, value] of Object.entries(members)) {
    const own = into[key];
    if (isTree(own) && isTree(value)) merge(own, value);
    else into[key] = value;
  }
}

const isTree = (value: unknown): value is JsonTree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Changes the whole JSON of the stack. */
export const json = (what: string, why: string, change: (json: JsonTree) => void): Edit => ({
  ...{ what, why },
  change: (folder) => change(stackIn(folder).json),
});

/** Changes the first resource of a type that has some members. */
export const on = (
  type: string,
  isMeant: (body: JsonTree, name: string) => boolean,
  members: JsonTree,
  why: string,
): Edit => ({
  what: `give a ${type} ${JSON.stringify(members)}`,
  why,
  change: (folder) => {
    const found = bodiesIn(stackIn(folder), type).find(({ body, name }) => isMeant(body, name));
    if (found === undefined) throw new Error(`no ${type} is meant`);
    Object.assign(found.body, members);
  },
});

export const rule = (expression: string, action: string, more: JsonTree = {}): JsonTree => ({
  ...{ ref: "other", enabled: true, expression, action },
  ...more,
});

/** Puts a rule among those of a phase. */
export const inPhase = (phase: string, place: "first" | "last", own: JsonTree, why: string): Edit => ({
  what: `put ${JSON.stringify(own)} ${place} in ${phase}`,
  why,
  change: (folder) => {
    const found = bodiesIn(stackIn(folder), "cloudflare_ruleset").find(({ body }) => body["phase"] === phase);
    const rules = (found?.body["rules"] ?? []) as JsonTree[];
    rules.splice(place === "first" ? 0 : rules.length, 0, own);
  },
});

/** Edits that are made together. */
export const together = (what: string, why: string, ...edits: readonly Edit[]): Edit => ({
  what: `${what}: ${edits.map((edit) => edit.what).join(", and ")}`,
  why,
  change: (folder) => edits.forEach(({ change }) => change(folder)),
});

export const always = (): boolean => true;
