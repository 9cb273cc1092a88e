import { readFileSync } from "node:fs";
import { join } from "node:path";
import { oneLine } from "../verification/render/escape";

/** A remark of a construct, as the manifest of a synth holds it. */
export interface Annotation {
  readonly constructPath: string;
  readonly level: string;
  readonly message: string;
}

/** How cdktf's CLI names the levels that let a synth go on. */
const REMARKS: Readonly<Record<string, string>> = { "@cdktf/info": "INFO", "@cdktf/warn": "WARN" };

/** All annotations of an output folder, stack by stack. */
export function annotationsIn(folder: string): readonly Annotation[] {
  const { stacks } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
    readonly stacks: Readonly<Record<string, { readonly annotations: readonly Annotation[] }>>;
  };
  return Object.values(stacks).flatMap(({ annotations }) => annotations);
}

/** One line for each information and warning, as cdktf's CLI prints them. */
export function remarksOf(annotations: readonly Annotation[]): readonly string[] {
  return annotations.flatMap(({ constructPath, level, message }) => {
    const name = REMARKS[level];
    return name === undefined ? [] : [oneLine(`${name} [${constructPath}]: ${message}`)];
  });
}
