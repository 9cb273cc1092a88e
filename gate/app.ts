import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type App, DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { InvalidInput } from "../errors/invalid-input";
import type { Environment } from "../policy/environment";
import { Policy } from "../policy/policy";
import { whileProving } from "../policy/synth";

/** A remark of a construct, as the manifest of a synth holds it. */
export interface Annotation {
  readonly constructPath: string;
  readonly level: string;
  readonly message: string;
}

/** All annotations of an output folder, stack by stack. */
export function annotationsIn(folder: string): readonly Annotation[] {
  const { stacks } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
    readonly stacks: Readonly<Record<string, { readonly annotations: readonly Annotation[] }>>;
  };
  return Object.values(stacks).flatMap(({ annotations }) => annotations);
}

/**
 * Synthesizes an app into a folder.
 *
 * @throws {InvalidInput} where it has errors, or is to be written as HCL
 */
export function synthesizeInto(app: App, folder: string): void {
  if (app.hclOutput) {
    const got = "an app that writes HCL";
    throw new InvalidInput("the synth", [{ at: "hclOutput", got, allowed: "JSON, which is what is proven" }]);
  }
  writeTo(app, folder);
  mkdirSync(join(folder, "stacks"));
  for (const stack of app.node.findAll().filter((each) => TerraformStack.isStack(each))) {
    // They are read from the manifest, all of them, once it is written.
    Object.assign(stack.synthesizer, { continueOnErrorAnnotations: true });
  }
  validated(() => {
    whileProving(app, () => {
      app.synth();
    });
  });
  throwIfAnnotated(annotationsIn(folder));
}

/** cdktf names the folder twice, in fields that are only meant not to change; the app may already have written to neither. */
export function writeTo(app: App, outdir: string): void {
  Object.assign(app, { outdir });
  Object.assign(app.manifest, { outdir });
}

/** Reports the findings of the constructs' own validation as bad input, and not as a fault of this program. */
function validated(action: () => void): void {
  try {
    action();
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (!/alidation failed with the following errors:\n/.test(message)) throw error;
    const allowed = "constructs that are valid";
    const found = [...message.matchAll(/^ {2}(?:\[(.*?)\] )?(.+)$/gm)];
    throw new InvalidInput(
      "the synth",
      found.map(([, at = "the app", got = ""]) => ({ at, got, allowed })),
    );
  }
}

/** An error that a construct was annotated with stops the synth, also where the CLI would print it itself. */
function throwIfAnnotated(annotations: readonly Annotation[]): void {
  const errors = annotations.filter(({ level }) => level === "@cdktf/error");
  const allowed = "constructs without an error";
  InvalidInput.throwIfAny(
    "the synth",
    errors.map(({ constructPath, message }) => ({ at: constructPath, got: message, allowed })),
  );
}

/**
 * The policies with the tokens of their ids as the JSON writes them. So an id that only the apply knows is the same
 * reference there and here.
 *
 * @throws {InvalidInput} naming every policy that no stack of the app is named after
 */
export function resolvedPolicies(app: App, policies: readonly Policy[]): readonly Policy[] {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const stacks = app.node.findAll().filter((each) => TerraformStack.isStack(each));
  const named = new Map(stacks.map((stack) => [stack.node.id, stack]));
  const allowed = `the name of a stack: ${[...named.keys()].join(", ") || "the app has none"}`;
  InvalidInput.throwIfAny(
    "the policies of the app",
    policies.flatMap(({ name }) => (named.has(name) ? [] : [{ at: name, got: "no stack of this name", allowed }])),
  );
  const environments = policies.map(({ name, environment }) => {
    // A reference is written in a stack as the environment's constructs write it.
    const scope = named.get(name) ?? app;
    return Tokenization.resolve(environment, { scope, resolver, preparing: false }) as Environment;
  });
  return Policy.across(environments);
}
