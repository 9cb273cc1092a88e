import type { Environment } from "../policy/environment";
import { Policy } from "../policy/policy";
import { type Copy, synthesizeCopy } from "./copy";
import { Deploy, type Step } from "./deploy";
import { type Chosen, type Outcome, strikeDeploy } from "./faults";
import { Platforms } from "./platforms";
import { deployReport, faultReport, type Part } from "./report";
import { type Engine, Sandbox } from "./sandbox";
import { copyEarlier } from "./upgrade";

export interface Rehearsal {
  /** All of the app. */
  readonly environments: readonly Environment[];
  /** The one to rehearse. @default - all of them */
  readonly only?: string | undefined;
  readonly engine: Engine;
  /** The output folder of what is deployed before. @default - nothing is */
  readonly from?: string | undefined;
  /** The fault that strikes one write after the other. @default - none */
  readonly fault?: Chosen | undefined;
  /** How many writes of an environment it strikes at most. */
  readonly writes: number;
  /** Those of the caller: the few that are allowed are taken. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly write: (text: string) => void;
  /** Told of the progress. */
  readonly tell: (text: string) => void;
}

/** Rehearses the deploy of an app, and writes its report. */
export async function rehearse(rehearsal: Rehearsal): Promise<0 | 1> {
  const { environments, engine, variables, write } = rehearsal;
  const began = performance.now();
  const sandbox = await Sandbox.open(engine, variables);
  try {
    const copy = synthesizeCopy(environments, sandbox.output);
    const run = new Run(rehearsal, sandbox, copy);
    const seconds = () => (performance.now() - began) / 1_000;
    const { fault } = rehearsal;
    const common = { copy, engine: sandbox.version };
    if (fault === undefined) {
      const { parts, earlier } = await run.deploys();
      const { text, isGood } = deployReport({
        ...common,
        parts,
        earlier,
        seconds: seconds(),
        escapes: sandbox.escapes,
      });
      write(text);
      return isGood ? 0 : 1;
    }
    const struck = await run.faults(fault);
    const { text, isGood } = faultReport({ ...common, struck, fault, most: rehearsal.writes, seconds: seconds() });
    write(text);
    return isGood ? 0 : 1;
  } finally {
    sandbox.close();
  }
}

/** So that a fault which lasts is given up soon. */
const IMPATIENT = {
  ...{ APPLIER_DEADLINE_MS: "2500", APPLIER_REQUEST_TIMEOUT_MS: "2000", APPLIER_ATTEMPTS: "2" },
  ...{ APPLIER_BACKOFF_MS: "5", APPLIER_POLL_MS: "5" },
};

class Run {
  public constructor(
    private readonly rehearsal: Rehearsal,
    private readonly sandbox: Sandbox,
    private readonly copy: Copy,
  ) {}

  /** Deploys everything, again, and ends the guests; after what was there before, where that is given. */
  public async deploys(): Promise<{ parts: readonly Part[]; earlier: string }> {
    const { sandbox, copy } = this;
    const { from } = this.rehearsal;
    const before = from === undefined ? undefined : copyEarlier(from, sandbox.before);
    const platforms = await Platforms.start(before?.environments ?? []);
    const parts: Part[] = [];
    try {
      if (before !== undefined) {
        const { environments } = before;
        const deploy = new Deploy({ sandbox, platforms, environments, output: sandbox.before, onStep: this.onStep });
        for (const name of await this.turns(deploy, environments, sandbox.before))
          parts.push({ environment: `${name}, as it was`, steps: await deploy.alone(name) });
      }
      platforms.seed(copy.environments);
      const options = { sandbox, platforms, environments: copy.environments, onStep: this.onStep };
      const deploy = new Deploy({ ...options, before: before?.environments ?? [] });
      const names = await this.turns(deploy, copy.environments, sandbox.output);
      for (const name of names) {
        deploy.watch.restart();
        const first = await deploy.first(name, before !== undefined);
        const isDeployed = first.every(({ isGood }) => isGood);
        parts.push({ environment: name, steps: [...first, ...(isDeployed ? await deploy.second(name) : [])] });
      }
      const guests = copy.environments.filter(({ zone }) => zone.kind !== "owned").map(({ name }) => name);
      for (const name of names.filter((each) => guests.includes(each)))
        parts.push({ environment: name, steps: await deploy.destroy(name) });
      return { parts, earlier: before === undefined ? "" : before.verdict };
    } finally {
      await platforms.stop();
    }
  }

  /** Deploys each environment anew for each of its writes to a platform, which fails then. */
  public async faults(fault: Chosen): Promise<readonly Outcome[]> {
    const { sandbox, copy } = this;
    const { writes, tell } = this.rehearsal;
    const struck: Outcome[] = [];
    const fresh = async <T>(use: (deploy: Deploy, platforms: Platforms) => Promise<T>): Promise<T> => {
      const platforms = await Platforms.start(copy.environments);
      sandbox.forgetStates();
      try {
        const { environments } = copy;
        return await use(new Deploy({ sandbox, platforms, environments, variables: IMPATIENT }), platforms);
      } finally {
        await platforms.stop();
      }
    };
    const names = await fresh((deploy) => this.turns(deploy, copy.environments, sandbox.output));
    for (const name of names) {
      const done = new Set<string>();
      while (done.size < writes) {
        const row = await fresh(async (deploy, platforms) => {
          const owner = ownerOf(copy.environments, name);
          if (owner !== name) await deploy.engineApply(owner);
          return strikeDeploy({ name, fault, done, deploy, platforms });
        });
        if (row === undefined) break;
        struck.push(row);
        tell(`${name}: write ${done.size}, ${row.write}\n`);
      }
    }
    return struck;
  }

  private async turns(
    deploy: Deploy,
    environments: readonly Environment[],
    output: string,
  ): Promise<readonly string[]> {
    const { only } = this.rehearsal;
    const isThere = only === undefined || environments.some(({ name }) => name === only);
    const chosen = only === undefined ? [] : [...new Set([ownerOf(environments, only), only])];
    const turns = isThere || output === this.sandbox.output ? await deploy.turns(chosen) : [];
    const names = turns.map(({ environment }) => environment);
    if (names.length > 0) this.sandbox.installFor(output, names);
    return names;
  }

  private readonly onStep = (environment: string, { name, seconds, isGood }: Step): void => {
    this.rehearsal.tell(`${environment}: ${name}${isGood ? "" : " failed"} (${seconds.toFixed(1)} s)\n`);
  };
}

/** A guest's host is public by its zone's owner, which has its turn first. */
function ownerOf(environments: readonly Environment[], name: string): string {
  return Policy.across(environments).find((policy) => policy.name === name)?.edgeOwner ?? name;
}
