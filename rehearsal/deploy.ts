import { createHash } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { oneLine } from "../errors/one-line";
import type { Turn } from "../operations/deploy/deploys";
import type { Ended } from "../operations/deploy/program";
import { readStack } from "../operations/deploy/stack";
import { Verdict } from "../operations/probe/check";
import { exitCodeOf, probe, summaryOf } from "../operations/probe/probe";
import { nameOf } from "../policy/datastore";
import type { Environment } from "../policy/environment";
import { isTerraformsOwn } from "../verification/terraform/beside";
import { hostsOf } from "./edge";
import type { Imported } from "./imported";
import { outsideOf } from "./outside";
import type { Platforms } from "./platforms";
import type { Sandbox } from "./sandbox";
import { type Changes, changesIn } from "./upgrade";
import { type Moment, Watch } from "./watch";

/** One step of a deploy, and how it went. */
export interface Step {
  readonly name: string;
  readonly isGood: boolean;
  /** The result in a few words; all that it said, where it went wrong. */
  readonly said: string;
  readonly seconds: number;
  /** How many requests the platforms got. */
  readonly calls: number;
  /** The requests for a change, with what each left. */
  readonly moments: readonly Moment[];
  /** The hosts that became public, each with the number of the write that did it. */
  readonly published: readonly (readonly [host: string, write: number])[];
  /** After each of them, the things that are open then, and neither before the deploy nor after the step. */
  readonly open: readonly (readonly string[])[];
}

/** The variables of each job of the deploy workflow. */
const READS = ["CLOUDFLARE_API_TOKEN", "GITHUB_TOKEN"];
const CHECKS = ["RENDER_API_KEY", "SUPABASE_ACCESS_TOKEN"];
const WRITES = [...READS, ...CHECKS];

/** The state of a rehearsal lies beside its output; CI refuses that, and nothing else may be refused. */
const LOCAL_STATE = /^the state of \S+ is in a local file/;

export interface DeployOptions {
  readonly sandbox: Sandbox;
  readonly platforms: Platforms;
  readonly environments: readonly Environment[];
  /** @default - what the sandbox has synthesized */
  readonly output?: string;
  /** The environments of an earlier deploy, whose hosts may be public still. @default - none */
  readonly before?: readonly Environment[];
  /** Further variables of the engine and of the appliers. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Told of each step as it ends. */
  readonly onStep?: (environment: string, step: Step) => void;
}

/** A deploy of some environments to stand-ins, by the commands of the deploy workflow. */
export class Deploy {
  public readonly watch: Watch;
  private readonly sandbox: Sandbox;
  private readonly platforms: Platforms;
  private readonly environments: readonly Environment[];
  private readonly output: string;
  private readonly onStep: (environment: string, step: Step) => void;

  public constructor({ sandbox, platforms, environments, ...options }: DeployOptions) {
    const { output = sandbox.output, before = [], variables = {}, onStep = () => undefined } = options;
    [this.sandbox, this.platforms, this.environments] = [sandbox, platforms, environments];
    [this.output, this.onStep] = [output, onStep];
    this.watch = new Watch(platforms, new Map([...hostsOf(before), ...hostsOf(environments)]));
    sandbox.lead({ ...endpointsOf(platforms), ...variables });
  }

  /** The environments, in the order in which CI deploys them. */
  public async turns(only: readonly string[]): Promise<readonly Turn[]> {
    const choice = only.length === 0 ? [] : [`--only=${only.join(",")}`];
    const { code, output } = await this.policy("order", [...choice, `--folder=${this.output}`], []);
    if (code !== 0) throw new Error(output);
    return JSON.parse(output.slice(output.indexOf("["))) as readonly Turn[];
  }

  /**
   * The jobs `plan` and `deploy` of the workflow.
   *
   * @param isUpgrade whether to say what becomes of resources that are there
   */
  public async first(name: string, isUpgrade = false): Promise<readonly Step[]> {
    const changes: readonly Run[] = isUpgrade ? [["changes", () => this.changes(name)]] : [];
    this.forgetEngine();
    return this.steps(name, [
      ["ready", () => this.ready(name)],
      ["plan", () => this.said("plan", [name, this.output, "--changes-allowed"], name, READS, planLine)],
      ...changes,
      ["appliers --taint", () => this.said("appliers", [name, this.output, "--taint"], name, CHECKS, tainted)],
      ["ready --used", () => this.ready(name, "--used")],
      ["apply", () => this.apply(name)],
      ["probe", () => this.probe(name)],
    ]);
  }

  /** Only the apply. */
  public async alone(name: string): Promise<readonly Step[]> {
    return this.steps(name, [["apply", () => this.apply(name)]]);
  }

  /** A second run, which has nothing to do. */
  public async second(name: string): Promise<readonly Step[]> {
    return this.steps(name, [
      ["plan", () => this.said("plan", [name, this.output], name, READS, planLine)],
      ["appliers --check", () => this.said("appliers", [name, this.output], name, CHECKS, () => this.inForce(name))],
      ["apply again", () => this.apply(name)],
      ["inventory", () => this.inventory(name)],
    ]);
  }

  /** The end of an environment. */
  public async destroy(name: string): Promise<readonly Step[]> {
    return this.steps(name, [["destroy", () => this.engine(name, "destroy")]]);
  }

  /** Each environment has jobs of its own in the workflow, which begin with the output as the synth left it. */
  private forgetEngine(): void {
    for (const path of readdirSync(this.output, { recursive: true, encoding: "utf8" }).filter(isTerraformsOwn))
      rmSync(join(this.output, path), { recursive: true, force: true });
  }

  private async apply(name: string): Promise<Outcome> {
    return this.said("apply", [name, this.output], name, WRITES, applyLine);
  }

  /** The engine itself, with the inputs that the commands give it. */
  private async terraform(name: string, args: readonly string[]): Promise<Outcome> {
    const inputs = this.inputs(name).map(([input, value]) => [`TF_VAR_${input}`, value]);
    const variables = { ...this.credentials(WRITES), ...(Object.fromEntries(inputs) as object), TF_IN_AUTOMATION: "1" };
    return outcomeOf(await this.sandbox.terraform(join(this.output, "stacks", name), args, variables), applyLine);
  }

  /** An apply by the engine alone: the commands give it no other arguments. */
  public engineApply(name: string): Promise<Outcome> {
    return this.engine(name, "apply");
  }

  /** Tells the state of a thing that a platform has, in the place of what it may know of it. */
  public async engineImport(name: string, { address, id }: Imported): Promise<Outcome> {
    // Of a thing whose answer had no id, the state knows no more than that it was made.
    await this.terraform(name, ["state", "rm", address]);
    return this.terraform(name, ["import", "-input=false", "-no-color", address, id]);
  }

  private async engine(name: string, command: "apply" | "destroy"): Promise<Outcome> {
    const ready = await this.terraform(name, ["init", "-input=false", "-no-color"]);
    return ready.isGood ? this.terraform(name, [command, "-auto-approve", "-input=false", "-no-color"]) : ready;
  }

  /** The outcome of a plan by the engine alone: 0 nothing would change, 2 something would. */
  public enginePlan(name: string): Promise<Outcome> {
    return this.terraform(name, ["plan", "-input=false", "-detailed-exitcode", "-no-color"]);
  }

  private async changes(name: string): Promise<Outcome> {
    // Not beside the stack, where nothing may lie that wasn't proven.
    const file = join(this.sandbox.folder, `${name}.tfplan`);
    const planned = await this.terraform(name, ["plan", "-input=false", "-no-color", `-out=${file}`]);
    if (!planned.isGood) return planned;
    const shown = await this.terraform(name, ["show", "-json", file]);
    return shown.isGood ? { ...shown, said: changesText(changesIn(shown.output)) } : shown;
  }

  private async steps(name: string, all: readonly Run[]): Promise<Step[]> {
    const done: Step[] = [];
    for (const [step, run] of all) {
      if (done.some(({ isGood }) => !isGood)) break;
      const [calls, moments, began] = [this.calls, this.watch.moments.length, performance.now()];
      const { published: before } = this.watch;
      const { isGood, said } = await run();
      const seconds = (performance.now() - began) / 1_000;
      const seen = this.watch.moments.slice(moments);
      const { openings: meant } = this.watch;
      const open = seen.map(({ openings }) => this.watch.tooOpen(openings, meant));
      const fresh = this.watch.published.filter((host) => !before.includes(host));
      const published = fresh.map(
        (host) => [host, seen.findIndex((each) => each.published.includes(host)) + 1] as const,
      );
      done.push({ name: step, isGood, said, seconds, calls: this.calls - calls, moments: seen, published, open });
      this.onStep(name, done.at(-1) as Step);
    }
    return done;
  }

  private get calls(): number {
    return this.platforms.all.reduce((sum, { arrivals }) => sum + arrivals.length, 0);
  }

  private async ready(name: string, ...options: readonly string[]): Promise<Outcome> {
    const { code, output } = await this.policy("ready", [name, this.output, ...options], []);
    const isGood =
      code === 1 &&
      output
        .trim()
        .split("\n")
        .every((line) => LOCAL_STATE.test(line));
    return {
      isGood,
      said: isGood ? "the files are those that were proven; the state is a rehearsal's own" : output,
      output,
      code,
    };
  }

  private async probe(name: string): Promise<Outcome> {
    const { internet, proxies: all } = outsideOf(this.platforms, this.environments);
    const own = this.environments.find((environment) => environment.name === name)?.datastores ?? [];
    const proxies = Object.fromEntries(own.map((store) => [nameOf(store), all[nameOf(store)] ?? ""]));
    try {
      const probed = await probe(name, this.environments, { dialler: internet.dialler, proxies });
      const [code, summary] = [exitCodeOf(probed), summaryOf(probed)];
      const wrong = probed.findings.filter(({ verdict }) => verdict !== Verdict.HOLDS);
      const lines = wrong.map(({ verdict, statements, expects, because }) =>
        oneLine(`${verdict} ${statements.join(", ")}: ${expects}: ${because}`),
      );
      const output = [summary, ...lines].join("\n");
      return { isGood: code === 0, said: code === 0 ? summary : output, output, code };
    } finally {
      await internet.stop();
    }
  }

  /** The part of the daily look at drift that sees what is beside the deploy. */
  private async inventory(name: string): Promise<Outcome> {
    const variables = { ...this.credentials(WRITES), ...endpointsOf(this.platforms) };
    const ended = await this.sandbox.policy(["inventory", name, `--folder=${this.output}`], variables);
    return outcomeOf(ended, (output) => output.trim().split("\n")[0] ?? "");
  }

  private async said(
    step: string,
    args: readonly string[],
    name: string,
    credentials: readonly string[],
    inShort: (output: string) => string,
  ): Promise<Outcome> {
    return outcomeOf(await this.policy(step, args, credentials, this.inputs(name)), inShort);
  }

  private policy(
    step: string,
    args: readonly string[],
    credentials: readonly string[],
    inputs: readonly (readonly [string, string])[] = [],
  ): Promise<Ended> {
    const lines = inputs.map(([name, value]) => `${name}=${value}`).join("\n");
    const variables = { ...this.credentials(credentials), TERRAFORM_VARIABLES: lines };
    return this.sandbox.policy(["deployment", step, ...args], variables);
  }

  private credentials(names: readonly string[]): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(this.platforms.variables).filter(([name]) => names.includes(name)));
  }

  private inForce(name: string): string {
    return `${readStack(this.output, name).appliers.length} states in force`;
  }

  /** A value of the form that each input of the stack demands. */
  private inputs(name: string): readonly (readonly [string, string])[] {
    const { variables } = readStack(this.output, name);
    return variables.map((input) => [input, input.startsWith("edge_secret_") ? secretOf(input) : SNYK_TOKEN]);
  }
}

type Run = readonly [step: string, run: () => Promise<Outcome>];

interface Outcome {
  readonly isGood: boolean;
  readonly said: string;
  readonly output: string;
  readonly code: number | undefined;
}

const outcomeOf = ({ code, output }: Ended, inShort: (output: string) => string): Outcome => ({
  isGood: code === 0,
  said: code === 0 ? inShort(output) : output,
  output,
  code,
});

const SNYK_TOKEN = "11111111-2222-3333-4444-555555555555";
const secretOf = (input: string): string => `rehearsal-${createHash("sha256").update(input).digest("hex")}`;

const endpointsOf = ({ variables }: Platforms): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => /URL|ENDPOINT|HOST/.test(name)));

const tainted = (output: string): string =>
  `${output.match(/ is tainted| isn't in the state yet/g)?.length ?? 0} to run again`;
const changesText = (changes: Changes): string =>
  Object.entries(changes)
    .map(
      ([what, addresses]) => `${addresses.length} ${what}${addresses.length === 0 ? "" : ` (${addresses.join(", ")})`}`,
    )
    .join("; ");
const planLine = (output: string): string => /Plan: [^\n]*|No changes\./.exec(output)?.[0] ?? "";
const applyLine = (output: string): string => /(?:Apply|Destroy) complete![^\n]*/.exec(output)?.[0].trim() ?? "";
