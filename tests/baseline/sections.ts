import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PUBLIC_EXPRESSIONS } from "../../__tests__/support/rules-language/public-expressions";
import { block, type JsonRule, policy, SHIPPED, zoneOf } from "../../__tests__/verification/edge/edge";
import { environments } from "../../environments";
import { EdgePhase } from "../../policy/edge-phase";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import type { Proof } from "../../verification/edge/proof";
import { Model } from "../../verification/terraform/model";
import { curlOf } from "../../verification/edge/curl";
import { nobodyElse, senderItself } from "../../verification/statements/hook-1";
import { ports1 } from "../../verification/statements/ports-1";
import { ports2, redirected } from "../../verification/statements/ports-2";
import { resultsOf } from "../../verification/statements/results";
import { synthesizeApp, withoutControls } from "../contracts/synthesized-app";
import { CATALOGUE } from "../mutants/catalogue";
import { folderOf, modelOf } from "../mutants/folder";
import { HARMLESS } from "../mutants/harmless";
import { Judge } from "../mutants/judge";
import type { Kind } from "../mutants/kind";
import { otherEnvironments } from "../mutants/other-environments";
import { outcomeOf } from "./outcome";
import type { Judged } from "./summary";

/** Everything that is judged, by section and by kind. */
export type Sections = Readonly<Record<string, Readonly<Record<string, readonly Judged[]>>>>;

/** Judges all that the baseline holds. */
export function sections(): Sections {
  const judges = [environments, otherEnvironments].map((each) => new Judge(folderOf(each)));
  return {
    environments: { shipped: environmentsAre(environments), others: environmentsAre(otherEnvironments) },
    examples: examples(),
    contract: { "without controls": withoutTheControls() },
    mutants: Object.fromEntries(
      Object.values(CATALOGUE)
        .flat()
        .map((kind) => [kind.name, judgedBy(judges, kind)]),
    ),
    "harmless edits": Object.fromEntries(HARMLESS.map((kind) => [kind.name, judgedBy(judges, kind)])),
    corpus: { blocks: corpus("block"), skips: corpus("skip") },
  };
}

function environmentsAre(given: readonly Environment[]): readonly Judged[] {
  const folder = folderOf(given);
  return byEnvironment(resultsOf(modelOf(folder), folder.policies));
}

function withoutTheControls(): readonly Judged[] {
  const stacks = Object.entries(synthesizeApp()).map(([name, json]) => ({ name, json: withoutControls(json) }));
  return byEnvironment(resultsOf(Model.of(stacks), Policy.across(environments)));
}

function byEnvironment(results: ReturnType<typeof resultsOf>): readonly Judged[] {
  return results.map((result) => ({ at: result.environment, outcomes: [outcomeOf(result)] }));
}

const EXAMPLES = join(__dirname, "..", "..", "examples");

interface WrittenProof {
  readonly results: readonly {
    readonly statement: string;
    readonly verdict: string;
    readonly strength?: string;
    readonly counterexample?: readonly string[];
  }[];
}

function examples(): Sections[string] {
  return Object.fromEntries(readdirSync(EXAMPLES).map((name) => [name, example(name)]));
}

function example(name: string): readonly Judged[] {
  const outdir = mkdtempSync(join(tmpdir(), "baseline-"));
  try {
    const env = { ...process.env, CDKTF_OUTDIR: outdir, CHECKPOINT_DISABLE: "1" };
    const options = { cwd: join(EXAMPLES, ".."), env, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", `examples/${name}/main.ts`], options);
    if (status !== 0) throw new Error(`the example ${name} failed: ${stderr}`);
    const { results } = JSON.parse(readFileSync(join(outdir, "proof.json"), "utf8")) as WrittenProof;
    return results.map(({ statement, verdict, strength, counterexample = [] }) => ({
      at: name,
      outcomes: [[statement, verdict, strength, ...counterexample.slice(0, 1)].filter(Boolean).join(" ")],
    }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Every mutant of a kind, with the outcomes of the statements that held and that it is about. */
function judgedBy(judges: readonly Judge[], { mutants }: Kind): readonly Judged[] {
  return judges.flatMap((judge) =>
    judge.folder.stacks.flatMap((stack) =>
      mutants(stack).map((mutant) => ({
        at: `${mutant.stack} ${mutant.at}`,
        outcomes: judge.results(mutant).map(outcomeOf),
      })),
    ),
  );
}

const SKIP = { action: "skip", action_parameters: { ruleset: "current" } };

/** A rule before the shipped ones for each published expression, and the results of the statements about requests. */
function corpus(action: "block" | "skip"): readonly Judged[] {
  return PUBLIC_EXPRESSIONS.filter(({ kind }) => kind === "filter").map(({ expression }) => {
    const escaped = expression.replace(/[$%](?=\{)/g, "$&$&");
    const rule: JsonRule = { ...block("public", escaped), ...(action === "skip" ? SKIP : {}) };
    const zone = zoneOf({ ...SHIPPED, [EdgePhase.CUSTOM]: [rule, ...(SHIPPED[EdgePhase.CUSTOM] ?? [])] });
    return {
      at: expression,
      outcomes: Object.entries(ABOUT_REQUESTS).map(([name, prove]) => `${name} ${proofInWords(prove(zone, policy))}`),
    };
  });
}

const ABOUT_REQUESTS = { ports1, ports2, redirected, nobodyElse, senderItself };

function proofInWords(proof: Proof): string {
  if (proof.kind !== "violated") return proof.kind;
  return `violated: ${curlOf(proof.counterexample, "app.shop.dev")} ${proof.destination.kind}`;
}
