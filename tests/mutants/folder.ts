import { synthesizedOnce } from "../../__tests__/support/synthesized-once";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { Model } from "../../verification/terraform/model";

/** A JSON object, to be changed at will. */
export type JsonTree = Record<string, unknown>;

/** A stack of an output folder, to be changed at will. */
export interface StackCopy {
  readonly name: string;
  json: JsonTree;
  dependencies: readonly string[];
  /** The files beside its JSON, by their paths. */
  files: ReadonlyMap<string, Uint8Array>;
}

/** An output folder, or the part of it that is judged. */
export interface Folder {
  readonly stacks: readonly StackCopy[];
  readonly policies: readonly Policy[];
}

/** The output folder of a synth of environments. */
export function folderOf(environments: readonly Environment[]): Folder {
  const { stacks, files, manifest } = synthesizedOnce(environments);
  const within = (folder: string) =>
    Object.entries(files)
      .filter(([path]) => path.startsWith(folder))
      .map(([path, text]) => [path.slice(folder.length), Buffer.from(text, "utf8")] as const);
  return {
    policies: Policy.across(environments),
    stacks: Object.entries(stacks).map(([name, json]) => ({
      name,
      json: json as JsonTree,
      dependencies: manifest.stacks[name]?.dependencies ?? [],
      files: new Map(within(`stacks/${name}/`)),
    })),
  };
}

/** A copy of a folder, with one of its stacks to be changed. */
export function copyOf({ stacks, policies }: Folder): Folder {
  return { policies, stacks: stacks.map((stack) => ({ ...stack, json: structuredClone(stack.json) })) };
}

/** The stacks that an environment needs, without the others, which don't concern it. */
export function partOf({ stacks, policies }: Folder, name: string): Folder {
  const { edgeOwner } = policies.find((policy) => policy.name === name) ?? {};
  const zone = policies.filter((policy) => policy.edgeOwner === edgeOwner).map((policy) => policy.name);
  return {
    stacks: stacks.filter((stack) => zone.includes(stack.name)),
    policies: policies.filter((policy) => zone.includes(policy.name)),
  };
}

export function modelOf({ stacks }: Folder): Model {
  return Model.of(stacks.map(({ files, ...stack }) => ({ ...stack, file: (path: string) => files.get(path) })));
}
