import { InvalidInput, shown } from "../errors/invalid-input";
import { oneLine } from "../errors/one-line";
import * as appliersOf from "../operations/deploy/appliers";
import { lastDeploys, deployOrder, leftWithOwner, type Selection } from "../operations/deploy/deploys";
import { chooseChecks, liveCode, look } from "../operations/deploy/live-checks";
import {
  maskCommands,
  notPassedOn,
  ownCommand,
  runProgram as run,
  terraformVariables,
} from "../operations/deploy/program";
import { readStack, reasonsAgainst } from "../operations/deploy/stack";
import * as terraform from "../operations/deploy/terraform";
import { codeOfAll } from "../operations/exit-code";
import { clientOf } from "../operations/platforms/client";
import { githubOfDeploys } from "../operations/platforms/github";
import { Policy } from "../policy/policy";
import { terraformsOwn } from "../verification/terraform/documents";
import { inFolder, readOutputFolder } from "../verification/terraform/folder";
import { environmentsOf } from "./options";
import { liveReport } from "./pages/deployment";
import { inLines } from "./terminal";
import type { ExitCode, Surroundings } from "./verb";

type Given = Pick<Surroundings, "terminal" | "environment">;

/** The stack of an environment. */
interface StackOf {
  /** The environment's name. */
  readonly name: string;
  /** The output folder. */
  readonly folder: string;
}

export interface OrderOptions extends Selection {
  readonly folder?: string;
}

export async function order({ terminal }: Given, { folder, ...selection }: OrderOptions): Promise<ExitCode> {
  const policies = await policiesIn(folder);
  const turns = deployOrder(policies, selection);
  const left = leftWithOwner(policies, selection).map(
    ({ environment, owner }) =>
      `${environment} is left out with ${owner}, the owner of its zone. To deploy it alone, name it: --only ${environment}`,
  );
  terminal.tell(inLines(left));
  terminal.write(`${JSON.stringify(turns)}\n`);
  return 0;
}

export async function deployed({ terminal, environment }: Given, folder: string | undefined): Promise<ExitCode> {
  const client = clientOf(githubOfDeploys, environment);
  const repository = environment["GITHUB_REPOSITORY"] ?? "";
  const allowed = "owner/name of the repository that deploys";
  const problems = [
    ...(client.kind === "read"
      ? []
      : [{ at: "GH_TOKEN", got: client.what, allowed: "a token with deployments: read" }]),
    ...(/^[^/\s]+\/[^/\s]+$/.test(repository) ? [] : [{ at: "GITHUB_REPOSITORY", got: shown(repository), allowed }]),
  ];
  if (client.kind === "unreadable" || problems.length > 0)
    throw new InvalidInput("GitHub's record of deploys", problems);
  const turns = deployOrder(await policiesIn(folder));
  const names = turns.map((turn) => turn.environment);
  const { found, problems: unknown } = await lastDeploys(names, client.value, repository);
  const answer = found.map((last) => {
    const { owner = "", repositories = "" } = turns.find((turn) => turn.environment === last.environment) ?? {};
    return { ...last, owner, repositories };
  });
  terminal.write(`${JSON.stringify(answer)}\n`);
  InvalidInput.throwIfAny("GitHub's record of deploys", unknown);
  return 0;
}

export interface ReadyOptions {
  readonly proof?: string;
  readonly used?: boolean;
}

export function ready({ terminal }: Given, { name, folder }: StackOf, { proof, used = false }: ReadyOptions): ExitCode {
  const stack = readStack(folder, name);
  const { changed } = readOutputFolder(folder);
  const unproven = used ? [] : terraformsOwn(inFolder(folder));
  const approved = proof === undefined ? {} : { approvedProof: proof };
  const reasons = reasonsAgainst({ folder, stack, changed, unproven, ...approved });
  const lines = reasons.length === 0 ? [`${name} may be deployed from ${folder}`] : reasons;
  terminal.write(inLines(lines.map(oneLine)));
  return reasons.length === 0 ? 0 : 1;
}

export async function plan(given: Given, of: StackOf, areChangesAllowed: boolean): Promise<ExitCode> {
  hideInputs(given);
  const { code, text } = await terraform.plan(terraformOf(given, of).terraform);
  given.terminal.write(text);
  return code === 1 && areChangesAllowed ? 0 : code;
}

export async function appliers(given: Given, of: StackOf, isTainted: boolean): Promise<ExitCode> {
  hideInputs(given);
  const { terminal, environment: variables } = given;
  const checked = await appliersOf.checkAppliers(readStack(of.folder, of.name), { run, variables });
  terminal.write(inLines(checked.map(({ said }) => said)));
  if (!isTainted) return codeOfAll(checked.map(({ code }) => code));
  const { code, lines } = await appliersOf.taint(checked, terraformOf(given, of).terraform);
  terminal.write(inLines(lines));
  return code;
}

export async function apply(given: Given, of: StackOf): Promise<ExitCode> {
  hideInputs(given);
  const { stack, ...surroundings } = terraformOf(given, of);
  const { code } = await terraform.apply(of.folder, stack, { ...surroundings, onOutput: given.terminal.write });
  return code === 0 ? 0 : 1;
}

export async function live(given: Given, of: StackOf, only: readonly string[] | undefined): Promise<ExitCode> {
  hideInputs(given);
  const { terminal, environment: variables } = given;
  const proxies = (variables["PROBE_PROXIES"] ?? "").split(/\s+/).filter((proxy) => proxy !== "");
  const subject = { environment: readStack(of.folder, of.name).environment, folder: of.folder, proxies };
  const seen = await look(chooseChecks(only), subject, { run, variables, ...ownCommand() });
  terminal.write(liveReport(of.name, seen));
  return liveCode(seen);
}

export interface LockOptions {
  readonly platforms?: readonly string[];
  readonly mirror?: string;
}

export async function lock(
  { terminal, environment: variables }: Given,
  of: StackOf,
  options: LockOptions,
): Promise<ExitCode> {
  const stack = readStack(of.folder, of.name);
  const { code, text } = await terraform.lockProviders(stack, { run, variables, ...options });
  terminal.write(text);
  return code;
}

/** Terraform in the stack of an environment, with the inputs that this process has for it. */
function terraformOf({ environment }: Given, { name, folder }: StackOf) {
  const stack = readStack(folder, name);
  const variables = terraformVariables(stack, environment);
  return { stack, run, variables, terraform: terraform.terraformIn(stack, { run, variables }) };
}

/** Before anything else can show them. */
function hideInputs({ terminal, environment }: Given): void {
  // Not where the answer goes, which a workflow keeps.
  terminal.tell(inLines(maskCommands(environment)) + notPassedOn(environment));
}

async function policiesIn(folder: string | undefined): Promise<readonly Policy[]> {
  return Policy.across(await environmentsOf(folder));
}
