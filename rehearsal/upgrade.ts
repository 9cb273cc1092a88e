import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeUniqueId } from "cdktf/lib/private/unique";
import type { Environment } from "../policy/environment";
import { exitCodeOf, reportOf } from "../verification/answers/verify";
import { resultsOf } from "../verification/statements/results";
import { readOutputFolder, readPolicies } from "../verification/terraform/folder";
import { withRealText } from "./rehearsal-values";

/** The output of an earlier synth, made ready for stand-ins. */
export interface Earlier {
  readonly environments: readonly Environment[];
  /** The present proof's verdict on it. */
  readonly verdict: "proven" | "violated" | "undecided";
}

/**
 * Copies an output folder to `to`, with rehearsal values for its example values and its state on this machine. Its guard against
 * example values is satisfied: none is left.
 *
 * @throws {InvalidInput} where it isn't what a synth wrote
 */
export function copyEarlier(from: string, to: string): Earlier {
  const policies = readPolicies(from);
  cpSync(from, to, { recursive: true, filter: (path) => !/[/\\]\.terraform(?:[/\\.]|$)/.test(path) });
  const rewrite = (file: string, change: (text: string) => string): void => {
    writeFileSync(file, change(readFileSync(file, "utf8")));
  };
  rewrite(join(to, "policy.json"), withRealText);
  for (const { name } of policies) rewrite(join(to, "stacks", name, "cdk.tf.json"), (text) => deployable(name, text));
  const { model, policies: promised } = readOutputFolder(to);
  const code = exitCodeOf(reportOf(model, resultsOf(model, promised)));
  return {
    environments: readPolicies(to).map(({ environment }) => environment),
    verdict: (["proven", "violated", "undecided"] as const)[code],
  };
}

function deployable(name: string, text: string): string {
  const json = JSON.parse(withRealText(renamed(text))) as Record<string, unknown> & {
    terraform: object;
    locals?: object;
  };
  const backend = { local: { path: `../../../terraform.${name}.tfstate` } };
  const locals = json.locals === undefined ? {} : { locals: { ...json.locals, example_values: "" } };
  return JSON.stringify({ ...json, ...locals, terraform: { ...json.terraform, backend } }, null, 2);
}

/** Names follow from the ids and hosts in a construct's path: with others, every resource would have another name. */
function renamed(text: string): string {
  const named = text.matchAll(/"path": "([^"]+)",\s*"uniqueId": "([^"]+)"/g);
  const idOf = (path: string): string => makeUniqueId(path.split("/").slice(1));
  return [...named].reduce(
    (all, [, path = "", id = ""]) => (idOf(path) === id ? all.replaceAll(id, idOf(withRealText(path))) : all),
    text,
  );
}

/** The resources that a plan changes, by what becomes of them. */
export type Changes = Readonly<Record<"replaced" | "destroyed" | "created" | "changed", readonly string[]>>;

/** The changes in what `show -json` prints of a saved plan: https://developer.hashicorp.com/terraform/internals/json-format */
export function changesIn(output: string): Changes {
  const { resource_changes: all = [] } = JSON.parse(output.slice(output.indexOf("{"))) as {
    readonly resource_changes?: readonly {
      readonly address: string;
      readonly change: { readonly actions: readonly string[] };
    }[];
  };
  const of = (...actions: readonly string[]): readonly string[] =>
    all.filter(({ change }) => actions.includes(change.actions.join())).map(({ address }) => address);
  return {
    replaced: of("delete,create", "create,delete"),
    destroyed: of("delete"),
    created: of("create"),
    changed: of("update"),
  };
}
