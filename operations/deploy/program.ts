import names from "./passed-on.json";
import { InvalidInput, type Problem } from "../../errors/invalid-input";
import type { Variables } from "../platforms/platform";
import type { StackFolder } from "./stack";
import { type ChildProcess, spawn } from "node:child_process";

/** The folder of the project that is deployed: a command of it is called there, from its own checkout or from the package. */
export const ROOT = process.cwd();

/** A program to run to its end. */
export interface Program {
  readonly command: readonly [string, ...(readonly string[])];
  readonly folder: string;
  readonly environment: Variables;
  /** Whether it goes on to its end after an interrupt, and only a second one reaches it. @default - the first one reaches it */
  readonly isShielded?: boolean;
}

/** How a program ended. */
export interface Ended {
  /** Its exit code; undefined where it couldn't be started or was killed. */
  readonly code: number | undefined;
  /** Its words on both of its outputs, in the order in which they came. */
  readonly output: string;
}

/** Runs a program; another one stands in for tests. */
export type RunProgram = (program: Program, onOutput?: (text: string) => void) => Promise<Ended>;

/** Runs programs, with the variables of this process. */
export interface Runner {
  readonly run: RunProgram;
  readonly variables: Variables;
}

/**
 * Runs a program by its name and arguments, without a shell. A variable that is empty counts as one that isn't set.
 *
 * A signal ends this process once the program has ended: one that loses its output may die of that before it keeps its state.
 */
export const runProgram: RunProgram = (program, onOutput = () => undefined) => {
  const { command, folder, environment, isShielded = false } = program;
  const [name, ...args] = command;
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  return new Promise((resolve) => {
    let output = "";
    const hear = (text: string): void => {
      output += text;
      onOutput(text);
    };
    const child = spawn(name, args, {
      ...{ cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] },
      // A terminal interrupts the programs of its session.
      detached: isShielded,
    });
    child.stdout?.setEncoding("utf8").on("data", hear);
    child.stderr?.setEncoding("utf8").on("data", hear);
    const heldBack = holdSignals(child, isShielded, hear);
    const ended = (code: number | undefined): void => {
      const signal = heldBack();
      if (signal === undefined) resolve({ code, output });
      else process.kill(process.pid, signal);
    };
    child.on("error", ({ code, message }: NodeJS.ErrnoException) => {
      const reason = code === "ENOENT" ? "there is no such program on PATH" : message;
      output += `${name} can't be started: ${reason}\n`;
      ended(undefined);
    });
    child.on("close", (code) => {
      ended(code ?? undefined);
    });
  });
};

const HELD = "The program goes on to its end, so that it keeps its state. A second signal ends it at once.\n";

/**
 * Holds back the signals that would end this process.
 *
 * @returns lets them through, once the child has ended: the first that came
 */
function holdSignals(
  child: ChildProcess,
  isShielded: boolean,
  hear: (text: string) => void,
): () => NodeJS.Signals | undefined {
  let came: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals): void => {
    const isFirst = came === undefined;
    came ??= signal;
    if (isShielded && isFirst) hear(HELD);
    // A terminal has interrupted what isn't shielded. A second interrupt would have Terraform end at once.
    else if (isShielded || signal === "SIGTERM") child.kill(signal);
  };
  process.on("SIGINT", hold).on("SIGTERM", hold);
  return () => {
    process.off("SIGINT", hold).off("SIGTERM", hold);
    return came;
  };
}

/** How a command of this project is run, without its arguments: with the Node.js and the loaders that run this one. */
export function ownCommand(): { readonly command: readonly [string, ...(readonly string[])]; readonly root: string } {
  const { execPath, execArgv, argv } = process;
  return { command: [execPath, ...execArgv, ...argv.slice(1, 2)], root: process.cwd() };
}

/**
 * The variables for the process that runs Terraform: those of this process that `passedOn` lets through, and Terraform's
 * input variables.
 *
 * An input comes from `TF_VAR_<name>`, from `EDGE_SECRET` (the edge secret of this environment), or from a line
 * `name=value` of `TERRAFORM_VARIABLES` (the edge secrets of guests, a Snyk token). A workflow can't name a variable after
 * an environment that it learns of while it runs, so this does.
 *
 * @throws {InvalidInput} naming every input without a value, and every line that isn't one; never a value
 */
export function terraformVariables(
  { environment, variables }: Pick<StackFolder, "environment" | "variables">,
  given: Variables,
): Variables {
  const { EDGE_SECRET: own = "", TERRAFORM_VARIABLES: lines = "" } = given;
  const { inputs: written, strange } = inputLines(lines);
  const named = new Map([[`edge_secret_${environment.replaceAll("-", "_")}`, own], ...written]);
  const inputs = variables.map((name) => [name, given[`TF_VAR_${name}`] || named.get(name) || undefined] as const);
  InvalidInput.throwIfAny(`the deploy of ${environment}`, [
    ...strange.map(notALine),
    ...inputs.filter(([, value]) => value === undefined).map(([name]) => withoutValue(name)),
  ]);
  return {
    ...passedOn(given),
    ...Object.fromEntries(inputs.map(([name, value]) => [`TF_VAR_${name}`, value])),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
}

function notALine(number: number): Problem {
  const allowed = "name=value, the name of an input variable of the stack";
  return { at: `TERRAFORM_VARIABLES line ${number}`, got: "something else", allowed };
}

function withoutValue(name: string): Problem {
  const change = name.startsWith("edge_secret_")
    ? `set TF_VAR_${name} or, in CI, the secret EDGE_SECRET; for a guest of the zone, a line of TERRAFORM_VARIABLES`
    : `set TF_VAR_${name} or, in CI, add a line ${name}=<value> to the secret TERRAFORM_VARIABLES`;
  return { at: name, got: "a secret that is not set", allowed: "a value for every input of the stack", change };
}

const PASSED_ON: ReadonlySet<string> = new Set(Object.values(names.passedOn).flat());

/**
 * The variables that Terraform and the appliers take from this process: those of `passed-on.json` alone. Others can leave a
 * resource out of an apply (`TF_CLI_ARGS=-target=...`), let it work on another state (`TF_WORKSPACE`, `TF_DATA_DIR`), load a
 * provider from elsewhere (`TF_CLI_CONFIG_FILE`), run code in each Node.js program (`NODE_OPTIONS`), print secrets (`TF_LOG`)
 * or send a provider's requests and credentials to another address (`CLOUDFLARE_BASE_URL`, `GITHUB_BASE_URL`).
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables
 */
export function passedOn(given: Variables): Variables {
  return Object.fromEntries(Object.entries(given).filter(([name]) => PASSED_ON.has(name)));
}

/** Variables that change what Terraform, a provider or Node.js does. */
const STEERING = new RegExp(names.steering);

/** A line that names the variables that would change what is deployed and aren't passed on; empty where there is none. */
export function notPassedOn(given: Variables): string {
  const names = Object.entries(given)
    .filter(([name, value]) => value !== undefined && value !== "" && STEERING.test(name) && !PASSED_ON.has(name))
    .map(([name]) => name)
    .sort();
  return names.length === 0
    ? ""
    : `Terraform doesn't get ${names.join(", ")}: a deploy takes no other settings than its own\n`;
}

/**
 * The commands to the runner of a workflow that hide the values in `TERRAFORM_VARIABLES`, each once; none outside of a workflow.
 * GitHub hides the lines of a secret, but not a part of a line.
 *
 * They are for a runner to read: said where it doesn't listen, they show what they are to hide.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
 */
export function maskCommands({
  GITHUB_ACTIONS: runner = "",
  TERRAFORM_VARIABLES: lines = "",
}: Variables): readonly string[] {
  if (runner === "") return [];
  const values = new Set(inputLines(lines).inputs.map(([, value]) => value));
  // Of what a command escapes, a line can hold only this.
  return [...values].map((value) => `::add-mask::${value.replaceAll("%", "%25")}`);
}

/** The lines `name=value` of `TERRAFORM_VARIABLES`, read. */
export interface InputLines {
  /** Input variables with their values, line by line. */
  readonly inputs: readonly (readonly [name: string, value: string])[];
  /** The numbers of the lines, from 1, that are something else; an empty line is nothing. */
  readonly strange: readonly number[];
}

const LINE = /^([a-z][a-z0-9_]*)=(.+)$/;

export function inputLines(text: string): InputLines {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1, match: LINE.exec(line) }));
  return {
    inputs: lines.flatMap(({ match }) => (match === null ? [] : [[match[1] ?? "", match[2] ?? ""] as const])),
    strange: lines.filter(({ line, match }) => match === null && line.trim() !== "").map(({ number }) => number),
  };
}
