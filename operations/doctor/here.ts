import { contentOf } from "../../errors/user-file";
import { EdgePart } from "../../policy/edge-options";
import { ownerOf } from "../../policy/repository";
import { SNYK_DEFAULTS } from "../../policy/snyk-options";
import { exampleProblems } from "../choose";
import { changedSince, localState, REMOTE_BACKEND, type StackFolder } from "../deploy/stack";
import { committedLock } from "../deploy/terraform";
import { inputLines } from "../deploy/program";
import { failure, type Finding, judged } from "../finding";
import type { Item, Subject } from "./checklist";

/** The folder of a synth, and what is known of it. */
export interface Synthesized {
  /** The folder, as it was named. */
  readonly folder: string;
  /** The files that differ from those that were proven; undefined where there is no proof. */
  readonly changed: readonly string[] | undefined;
  /** The folder of the committed checksums of providers. */
  readonly locks: string;
}

/** The lines that no platform is asked for. */
export function here(subject: Subject, { folder, changed, locks }: Synthesized): readonly Item[] {
  const { policy, stack } = subject;
  return [
    { title: "Its values are its own, none an example's", look: () => examples(subject) },
    {
      title: "It is synthesized, and what was synthesized is proven",
      look: () => judged(stack, () => unproven(policy.name, folder, changed)),
    },
    {
      title: "Its state is kept in a remote backend",
      look: () => judged(stack, lostState),
    },
    {
      title: "The checksums of its providers are committed",
      look: () => judged(stack, (read) => looseProviders(read, locks)),
    },
  ];
}

function examples({ policy }: Subject): readonly Finding[] {
  const { name } = policy;
  const left = exampleProblems(policy).map(({ at, got }) => `${at.slice(name.length + 1)} (${got})`);
  if (left.length === 0) return [];
  const what = `${name} still holds ${String(left.length)} example values: ${left.join(", ")}`;
  return [failure(`example/${name}`, what, "write the environment's own values")];
}

function unproven(name: string, folder: string, changed: readonly string[] | undefined): readonly Finding[] {
  const reasons = changedSince(folder, changed);
  return reasons.length === 0
    ? []
    : [failure(`proof/${name}`, reasons.join(", "), "synthesize again: `npm run synth`")];
}

function lostState(stack: StackFolder): readonly Finding[] {
  return localState(stack).map((what) => failure(`backend/${stack.environment}`, what, REMOTE_BACKEND));
}

/** A provider in a lock file: https://developer.hashicorp.com/terraform/language/files/dependency-lock */
const LOCKED = /^provider "[^"/]+\/([^"]+)" \{\s*version\s*=\s*"([^"]+)"/gm;

function looseProviders({ environment, providers }: StackFolder, locks: string): readonly Finding[] {
  const path = committedLock(locks, environment);
  const content = contentOf(path);
  const text = content !== undefined && "bytes" in content ? Buffer.from(content.bytes).toString("utf8") : "";
  const locked = new Map([...text.matchAll(LOCKED)].map(([, source = "", version = ""]) => [source, version]));
  const loose = Object.entries(providers).filter(([source, version]) => locked.get(source) !== version);
  if (content !== undefined && loose.length === 0) return [];
  const what =
    content === undefined
      ? `no checksums of the providers of ${environment} are committed: the registry is trusted anew in each run`
      : `${path} lacks ${loose.map(([source, version]) => `${source} ${version}`).join(", ")}`;
  return [failure(`provider-lock/${environment}`, what, `\`npm run -s policy -- deployment lock ${environment}\``)];
}

/** The form of an edge secret: a header carries it unchanged. */
const EDGE_SECRET = /^[!-~]{32,}$/;

/**
 * The values that Terraform's inputs have in this process. Only whether they are there is said.
 *
 * @param kept the secrets that the deploy has from GitHub, as far as they are known
 */
export function inputs(subject: Subject, kept: readonly string[]): readonly Finding[] {
  const { environment, variables } = subject;
  const lines = new Map(inputLines(variables["TERRAFORM_VARIABLES"] ?? "").inputs);
  return inputsOf(subject).flatMap(({ name, source, isEdgeSecret }) => {
    const own = source === "EDGE_SECRET" ? variables["EDGE_SECRET"] : lines.get(name);
    const variable = `TF_VAR_${name}`;
    const value = variables[variable] || own || "";
    if (value === "" && kept.includes(source)) return [];
    if (isEdgeSecret) {
      if (EDGE_SECRET.test(value)) return [];
      const fault = value === "" ? "isn't set" : "isn't 32 or more visible ASCII characters";
      const what = `${variable} ${fault}`;
      const todo = `set it, or ${source} in the GitHub environment ${environment.name}, to the secret that the origin knows, for example the output of: openssl rand -hex 32`;
      return [failure(`secret/${variable}`, what, todo)];
    }
    const todo = `set it, or ${source} in the GitHub environment ${environment.name}, to the Snyk token`;
    return value === "" ? [failure(`secret/${variable}`, `${variable} isn't set`, todo)] : [];
  });
}

/**
 * The provider prefers these variables to its configuration, so that every resource could end up in a namesake.
 *
 * @see https://github.com/integrations/terraform-provider-github/blob/v6.13.0/github/provider.go
 */
export function owners({ environment: { repositories = [] }, variables }: Subject): readonly Finding[] {
  const [first] = repositories;
  if (first === undefined) return [];
  return ["GITHUB_OWNER", "GITHUB_ORGANIZATION"]
    .filter((variable) => (variables[variable] ?? "") !== "" && variables[variable]?.toLowerCase() !== ownerOf(first))
    .map((variable) => {
      const what = `${variable} names another owner than ${first.name} has, and the provider prefers it`;
      return failure(`variable/${variable}`, what, "unset it");
    });
}

/** An input variable of Terraform that has no default. */
export interface Input {
  readonly name: string;
  /** The secret of the GitHub environment that holds it. */
  readonly source: "EDGE_SECRET" | "TERRAFORM_VARIABLES";
  readonly isEdgeSecret: boolean;
}

/** The inputs of an environment's stack. */
export function inputsOf({ environment, tenancy }: Pick<Subject, "environment" | "tenancy">): readonly Input[] {
  const isLeft = tenancy?.owner.edge?.leave?.includes(EdgePart.ORIGIN_SECRET) === true;
  const tenants = isLeft ? [] : (tenancy?.tenants ?? []);
  const written = (environment.repositories ?? []).filter(({ snyk }) => snyk?.writeToken === true);
  const tokens = new Set(written.map(({ snyk }) => (snyk?.tokenSecret ?? SNYK_DEFAULTS.tokenSecret).toLowerCase()));
  return [
    ...tenants.map(({ name }): Input => ({
      name: `edge_secret_${name.replaceAll("-", "_")}`,
      source: name === environment.name ? "EDGE_SECRET" : "TERRAFORM_VARIABLES",
      isEdgeSecret: true,
    })),
    ...[...tokens].map((name): Input => ({ name, source: "TERRAFORM_VARIABLES", isEdgeSecret: false })),
  ];
}
