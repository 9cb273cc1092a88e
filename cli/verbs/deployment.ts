import type { Command } from "commander";
import { InvalidInput } from "../../errors/invalid-input";
import { oneLine } from "../../errors/one-line";
import type { LeftOut } from "../../operations/deploy/order";
import { environmentsOf, folderOption } from "../folder";
import type { Surroundings, Verb } from "../verb";

const ORDER_HELP = `
A guest of a zone comes after the zone's owner, and is left out with it; named by --only it is deployed alone. Apart from that the order is
that of the app. The answer is one line of JSON, for the matrix of a workflow.

Examples:
  npm run -s policy -- deployment order
  npm run -s policy -- deployment order --without production
  npm run -s policy -- deployment order --only production

Exit codes: 0 printed, 2 there is no such environment.`;

const DEPLOYED_HELP = `
Asks GitHub (GH_TOKEN, with deployments: read) of the repository in GITHUB_REPOSITORY. The answer is one line of
JSON, for the matrix of a workflow; an environment that was never deployed isn't in it.

Example:
  npm run -s policy -- deployment deployed

Exit codes: 0 printed; 2 GitHub gave no answer, or an environment has deploys of which none of the last 500 succeeded. The others
are printed all the same.`;

const READY_HELP = `
It may where its files are those that proof.json was written for and no others, its proof is the approved one, and its state isn't kept in
a local file, which is lost with the runner. The files that Terraform keeps beside a stack (.terraform, .terraform.lock.hcl) count as
others: a provider that lies there would run unseen. With --used they don't; ask without it first, before Terraform works in the folder.

Examples:
  npm run -s policy -- deployment ready staging
  npm run -s policy -- deployment ready staging cdktf.out --proof <SHA-256 of proof.json>
  npm run -s policy -- deployment ready staging cdktf.out --used

Exit codes: 0 it may be deployed, 1 it may not, 2 it can't be read.`;

const PLAN_HELP = `
Runs terraform init and plan in the environment's stack. Nothing is changed and no lock is taken.

Examples:
  npm run -s policy -- deployment plan staging
  npm run -s policy -- deployment plan staging --changes-allowed

Exit codes: 0 nothing would change, 1 something would (0 with --changes-allowed), 2 there is no plan.`;

const APPLIERS_HELP = `
Runs every applier of the stack with --check, which only reads. With --taint, those whose state isn't in force, or that can't tell, are
tainted, so that the next deploy runs them again.

Examples:
  npm run -s policy -- deployment appliers staging
  npm run -s policy -- deployment appliers staging --taint

Exit codes: 0 every state is in force, or (with --taint) runs again; 1 one isn't; 2 it is unknown, or the taint failed.`;

const APPLY_HELP = `
Runs cdktf deploy --skip-synth, without asking, on the folder as it is. Check it first: deployment ready.

Example:
  npm run -s policy -- deployment apply staging

Exit codes: 0 deployed, 1 the deploy failed, 2 it can't be read, or an input has no value.`;

const LIVE_HELP = `
Asks the live platforms: plan, appliers, probe and inventory, each by its own command. The answer is Markdown; its first line says which
of them differ. A probe that can't tell is reported and changes no exit code: what it can see depends on where it stands.
PROBE_PROXIES names the shared proxies in front of datastores, as probe takes them, separated by spaces.

Examples:
  npm run -s policy -- deployment live staging
  npm run -s policy -- deployment live staging cdktf.out --only probe

Exit codes: 0 as it was deployed, 1 something differs, 2 it is unknown.`;

const LOCK_HELP = `
Writes provider-locks/<environment>.terraform.lock.hcl, for Linux and macOS. Commit it: from then on a plan or a deploy takes no other
provider than those. Do it again when stacks/provider-versions.ts changes.

Examples:
  npm run -s policy -- deployment lock staging
  npm run -s policy -- deployment lock staging --platforms linux_amd64 --mirror ./mirror

Exit codes: 0 written, 2 a provider couldn't be had, or the stack can't be read.`;

const VARIABLES_HELP = `
Inputs of the stack come from TF_VAR_<name>, EDGE_SECRET (the environment's own edge secret) or lines name=value of
TERRAFORM_VARIABLES (those of guests of its zone, a Snyk token). In a GitHub workflow the values of these lines are hidden in its log.`;

/** The steps between a synth and a deploy, so that no workflow holds a program. */
export const deployment: Verb = (program, surroundings) => {
  const verb = program.command("deployment").description("the steps of a deploy from CI, and what drift is seen by");
  for (const step of [order, deployed, ready, plan, appliers, apply, live, lock]) step(verb, surroundings);
};

type Step = (verb: Command, surroundings: Surroundings) => void;

const order: Step = (verb, { terminal, finish }) => {
  verb
    .command("order")
    .description("print which environments are deployed, and in which order")
    .option("--only <names>", "these environments, separated by commas", namesOf)
    .option(
      "--without <names>",
      "every environment but these and the guests of their zones, separated by commas",
      namesOf,
    )
    .addOption(folderOption())
    .addHelpText("after", ORDER_HELP)
    .action(async ({ folder, ...selection }: OrderOptions) => {
      const { deployOrder, leftWithOwner } = await import("../../operations/deploy/order");
      const all = await policies(folder);
      const turns = deployOrder(all, selection);
      terminal.tell(leftWithOwner(all, selection).map(leftOutLine).join(""));
      terminal.write(`${JSON.stringify(turns)}\n`);
      finish(0);
    });
};

const deployed: Step = (verb, { terminal, environment, finish }) => {
  verb
    .command("deployed")
    .description("print the commit and the run of the last deploy of each environment that succeeded")
    .addOption(folderOption())
    .addHelpText("after", DEPLOYED_HELP)
    .action(async ({ folder }: { readonly folder?: string }) => {
      const { lastDeploys } = await import("../../operations/deploy/deployed");
      const { deployOrder } = await import("../../operations/deploy/order");
      const { clientOf } = await import("../../operations/platforms/client");
      const { githubOfDeploys } = await import("../../operations/platforms/github");
      const client = clientOf(githubOfDeploys, environment);
      if (client.kind === "unreadable") {
        const problem = { at: "GH_TOKEN", got: client.what, allowed: "a token with deployments: read" };
        throw new InvalidInput("GitHub's record of deploys", [problem]);
      }
      const turns = deployOrder(await policies(folder));
      const names = turns.map((turn) => turn.environment);
      const { found, problems } = await lastDeploys(names, client.value, environment["GITHUB_REPOSITORY"] ?? "");
      const answer = found.map((last) => {
        const { owner = "", repositories = "" } = turns.find((turn) => turn.environment === last.environment) ?? {};
        return { ...last, owner, repositories };
      });
      terminal.write(`${JSON.stringify(answer)}\n`);
      InvalidInput.throwIfAny("GitHub's record of deploys", problems);
      finish(0);
    });
};

const ready: Step = (verb, { terminal, finish }) => {
  onStack(verb, "ready", "say whether an output folder may be deployed from CI")
    .option("--proof <hash>", "the SHA-256 of the proof that was approved")
    .option("--used", "Terraform has worked in the folder since it was checked")
    .addHelpText("after", READY_HELP)
    .action(async (name: string, folder: string, { proof, used }: ReadyOptions) => {
      const { reasonsAgainst } = await import("../../operations/deploy/ready");
      const { readStack } = await import("../../operations/deploy/stack");
      const { terraformsOwn } = await import("../../verification/terraform/documents");
      const { inFolder, readOutputFolder } = await import("../../verification/terraform/folder");
      const stack = readStack(folder, name);
      const { changed } = readOutputFolder(folder);
      const unproven = used === true ? [] : terraformsOwn(inFolder(folder));
      const approved = proof === undefined ? {} : { approvedProof: proof };
      const reasons = reasonsAgainst({ folder, stack, changed, unproven, ...approved });
      const lines = reasons.length === 0 ? [`${name} may be deployed from ${folder}`] : reasons;
      terminal.write(lines.map((line) => `${oneLine(line)}\n`).join(""));
      finish(reasons.length === 0 ? 0 : 1);
    });
};

const plan: Step = (verb, { terminal, environment, finish }) => {
  onStack(verb, "plan", "say what a deploy would change")
    .option("--changes-allowed", "end with 0 where something would change")
    .addHelpText("after", `${PLAN_HELP}\n${VARIABLES_HELP}`)
    .action(async (name: string, folder: string, { changesAllowed }: { readonly changesAllowed?: true }) => {
      await hideInputs({ terminal, environment });
      const { plan: planned } = await import("../../operations/deploy/terraform");
      const { terraform } = await terraformOf(name, folder, environment);
      const { code, text } = await planned(terraform);
      terminal.write(text);
      finish(code === 1 && changesAllowed === true ? 0 : code);
    });
};

const appliers: Step = (verb, { terminal, environment, finish }) => {
  onStack(verb, "appliers", "say whether every applied state is still in force")
    .option("--taint", "have the next deploy run those again whose state isn't")
    .addHelpText("after", `${APPLIERS_HELP}\n${VARIABLES_HELP}`)
    .action(async (name: string, folder: string, { taint: again }: { readonly taint?: true }) => {
      await hideInputs({ terminal, environment });
      const { checkAppliers, codeOf, taint } = await import("../../operations/deploy/appliers");
      const { runProgram: run } = await import("../../operations/deploy/program");
      const { readStack } = await import("../../operations/deploy/stack");
      const checked = await checkAppliers(readStack(folder, name), { run, variables: environment });
      terminal.write(checked.map(({ said }) => `${said}\n`).join(""));
      if (again === undefined) {
        finish(codeOf(checked));
        return;
      }
      const { terraform } = await terraformOf(name, folder, environment);
      const tainted = await taint(checked, terraform);
      terminal.write(tainted.lines.map((line) => `${line}\n`).join(""));
      finish(tainted.code);
    });
};

const apply: Step = (verb, { terminal, environment, finish }) => {
  onStack(verb, "apply", "deploy one environment from an output folder")
    .addHelpText("after", `${APPLY_HELP}\n${VARIABLES_HELP}`)
    .action(async (name: string, folder: string) => {
      await hideInputs({ terminal, environment });
      const { apply: applied } = await import("../../operations/deploy/terraform");
      const { stack, ...surroundings } = await terraformOf(name, folder, environment);
      const { code } = await applied(folder, stack, { ...surroundings, onOutput: terminal.write });
      finish(code === 0 ? 0 : 1);
    });
};

const live: Step = (verb, { terminal, environment, finish }) => {
  onStack(verb, "live", "ask the live platforms whether an environment is as it was deployed")
    .option("--only <checks>", "these checks, separated by commas", namesOf)
    .addHelpText("after", LIVE_HELP)
    .action(async (name: string, folder: string, { only }: { readonly only?: readonly string[] }) => {
      await hideInputs({ terminal, environment });
      const { chooseChecks, liveCode, liveReport, look } = await import("../../operations/deploy/live-checks");
      const { ownCommand, runProgram: run } = await import("../../operations/deploy/program");
      const proxies = (environment["PROBE_PROXIES"] ?? "").split(/\s+/).filter((proxy) => proxy !== "");
      const subject = { environment: name, folder, proxies };
      const seen = await look(chooseChecks(only), subject, { run, variables: environment, ...ownCommand() });
      terminal.write(liveReport(name, seen));
      finish(liveCode(seen));
    });
};

const lock: Step = (verb, { terminal, environment, finish }) => {
  onStack(verb, "lock", "write the checksums of an environment's providers, to be committed")
    .option("--platforms <names>", "the platforms that Terraform runs on, separated by commas", namesOf)
    .option("--mirror <folder>", "take the providers from a filesystem mirror")
    .addHelpText("after", LOCK_HELP)
    .action(async (name: string, folder: string, options: LockOptions) => {
      const { runProgram: run } = await import("../../operations/deploy/program");
      const { lockProviders } = await import("../../operations/deploy/terraform");
      const { readStack } = await import("../../operations/deploy/stack");
      const { code, text } = await lockProviders(readStack(folder, name), { run, variables: environment, ...options });
      terminal.write(text);
      finish(code);
    });
};

/** Terraform in the stack of an environment, with the inputs that this process has for it. */
async function terraformOf(name: string, folder: string, environment: Surroundings["environment"]) {
  const { runProgram: run } = await import("../../operations/deploy/program");
  const { readStack } = await import("../../operations/deploy/stack");
  const { terraformIn } = await import("../../operations/deploy/terraform");
  const { terraformVariables } = await import("../../operations/deploy/variables");
  const stack = readStack(folder, name);
  const variables = terraformVariables(stack, environment);
  return { stack, run, variables, terraform: terraformIn(stack, { run, variables }) };
}

interface OrderOptions {
  readonly only?: readonly string[];
  readonly without?: readonly string[];
  readonly folder?: string;
}

interface ReadyOptions {
  readonly proof?: string;
  readonly used?: true;
}

interface LockOptions {
  readonly platforms?: readonly string[];
  readonly mirror?: string;
}

function onStack(verb: Command, name: string, description: string): Command {
  return verb
    .command(name)
    .description(description)
    .argument("<environment>", "its name")
    .argument("[folder]", "what a synth wrote", "cdktf.out");
}

function leftOutLine({ environment, owner }: LeftOut): string {
  return `${environment} is left out with ${owner}, the owner of its zone. To deploy it alone, name it: --only ${environment}\n`;
}

/** Before anything else can show them. */
async function hideInputs({ terminal, environment }: Pick<Surroundings, "terminal" | "environment">): Promise<void> {
  const { maskCommands } = await import("../../operations/deploy/variables");
  const { notPassedOn } = await import("../../operations/deploy/variables");
  // Not where the answer goes, which a workflow keeps.
  terminal.tell(
    maskCommands(environment)
      .map((line) => `${line}\n`)
      .join("") + notPassedOn(environment),
  );
}

async function policies(folder: string | undefined) {
  const { Policy } = await import("../../policy/policy");
  return Policy.across(await environmentsOf(folder));
}

function namesOf(text: string): readonly string[] {
  return text.split(",").filter((name) => name !== "");
}
