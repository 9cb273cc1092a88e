import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { Model } from "../../verification/terraform/model";
import { type Scene, scenesOf } from "../../verification/statements/scene";
import type { SynthesizedApp } from "./app";
import { synthesizedOnce } from "./synthesized-once";

/** A synthesized app as its output folder holds it: a copy, to be changed at will. */
export interface OutputFolder {
  /** The stacks by their names. */
  readonly stacks: Record<string, OutputStack>;
}

export interface OutputStack {
  /** The parsed `cdk.tf.json`. */
  json: JsonTree;
  dependencies: readonly string[];
  /** Every file by its path beside the `cdk.tf.json`, as text. */
  files: Record<string, string>;
}

export type JsonTree = Record<string, unknown>;

/** A test's change of an output folder before it is judged. */
export type Change = (folder: OutputFolder) => void;

/**
 * The scenes that the proof sees in the JSON of environments, one for each, in their order. Environments are
 * synthesized once; findings about unchanged ones are kept with them.
 */
export function proofScenes(environments: readonly Environment[], change?: Change): readonly Scene[] {
  if (change !== undefined) return scenesAfter(environments, change);
  const app = synthesized(environments);
  app.scenes ??= scenesAfter(environments, () => undefined);
  return app.scenes;
}

function scenesAfter(environments: readonly Environment[], change: Change): readonly Scene[] {
  const folder = outputOf(environments);
  change(folder);
  const model = Model.of(
    Object.entries(folder.stacks).map(([name, { json, dependencies, files }]) => ({
      ...{ name, json, dependencies },
      file: (path) => (files[path] === undefined ? undefined : Buffer.from(files[path], "utf8")),
    })),
  );
  return scenesOf(model, synthesized(environments).policies);
}

/**
 * The scene of one of the environments.
 *
 * @param name which
 * @default - the first
 */
export function sceneOf(environments: readonly Environment[], change?: Change, name = environments[0]?.name): Scene {
  const scene = proofScenes(environments, change).find(({ policy }) => policy.name === name);
  if (scene === undefined) throw new Error(`there is no environment "${name}"`);
  return scene;
}

/**
 * The JSON pointer of a resource.
 *
 * @param part of its name, by which it is the only one of its type
 */
export function pointerTo(folder: OutputFolder, stack: string, type: string, part = ""): string {
  const types = (stackOf(folder, stack).json["resource"] ?? {}) as JsonTree;
  const names = Object.keys((types[type] ?? {}) as JsonTree).filter((name) => name.includes(part));
  if (names.length !== 1) throw new Error(`${stack} has ${names.length} resources ${type}.*${part}*`);
  return `/resource/${type}/${names[0]}`;
}

/**
 * Replaces the value at a JSON pointer, which may lead to a new member.
 *
 * @param change the new value of the old one; undefined removes the member
 */
export function replaceAt(
  folder: OutputFolder,
  stack: string,
  pointer: string,
  change: (value: unknown) => unknown,
): void {
  const keys = pointer
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = keys.pop() ?? "";
  const parent = keys.reduce<JsonTree>((tree, key) => tree[key] as JsonTree, stackOf(folder, stack).json);
  const value = change(parent[last]);
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a JSON member that is gone, not undefined
  else delete parent[last];
}

export function stackOf({ stacks }: OutputFolder, name: string): OutputStack {
  const stack = stacks[name];
  if (stack === undefined) throw new Error(`there is no stack "${name}"`);
  return stack;
}

interface Synthesized {
  readonly app: SynthesizedApp;
  readonly policies: readonly Policy[];
  /** Those of the unchanged app. */
  scenes?: readonly Scene[];
}

const APPS = new Map<string, Synthesized>();

function synthesized(environments: readonly Environment[]): Synthesized {
  const key = JSON.stringify(environments);
  const known: Synthesized = APPS.get(key) ?? {
    app: synthesizedOnce(environments),
    policies: Policy.across(environments),
  };
  APPS.set(key, known);
  return known;
}

function outputOf(environments: readonly Environment[]): OutputFolder {
  const { app } = synthesized(environments);
  const stacks = Object.entries(app.stacks).map(([name, json]) => {
    const folder = `stacks/${name}/`;
    const files = Object.entries(app.files).filter(([path]) => path.startsWith(folder));
    return [
      name,
      {
        json: structuredClone(json) as JsonTree,
        dependencies: [...(app.manifest.stacks[name]?.dependencies ?? [])],
        files: Object.fromEntries(files.map(([path, text]) => [path.slice(folder.length), text])),
      },
    ] as const;
  });
  return { stacks: Object.fromEntries(stacks) };
}
