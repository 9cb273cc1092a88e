import type { Command } from "commander";
import type { LockOptions, OrderOptions, ReadyOptions } from "../deploy-steps";
import { folderOption } from "../options";
import type { Verb } from "../verb";

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
Runs cdktf deploy --skip-synth, without asking, on the folder as it is. Check it first: deployment ready. After an interrupt it goes on to
its end, so that Terraform writes its state; a second one ends it at once.

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

const steps = () => import("../deploy-steps");

/** The steps between a synth and a deploy, so that no workflow holds a program. */
export const deployment: Verb = (program, surroundings) => {
  const { finish } = surroundings;
  const verb = program.command("deployment").description("the steps of a deploy from CI, and what drift is seen by");

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
    .action(async (options: OrderOptions) => {
      finish(await (await steps()).order(surroundings, options));
    });

  verb
    .command("deployed")
    .description("print the commit and the run of the last deploy of each environment that succeeded")
    .addOption(folderOption())
    .addHelpText("after", DEPLOYED_HELP)
    .action(async ({ folder }: { readonly folder?: string }) => {
      finish(await (await steps()).deployed(surroundings, folder));
    });

  onStack(verb, "ready", "say whether an output folder may be deployed from CI")
    .option("--proof <hash>", "the SHA-256 of the proof that was approved")
    .option("--used", "Terraform has worked in the folder since it was checked")
    .addHelpText("after", READY_HELP)
    .action(async (name: string, folder: string, options: ReadyOptions) => {
      finish(await (await steps()).ready(surroundings, { name, folder }, options));
    });

  onStack(verb, "plan", "say what a deploy would change")
    .option("--changes-allowed", "end with 0 where something would change")
    .addHelpText("after", `${PLAN_HELP}\n${VARIABLES_HELP}`)
    .action(async (name: string, folder: string, { changesAllowed = false }: { readonly changesAllowed?: boolean }) => {
      finish(await (await steps()).plan(surroundings, { name, folder }, changesAllowed));
    });

  onStack(verb, "appliers", "say whether every applied state is still in force")
    .option("--taint", "have the next deploy run those again whose state isn't")
    .addHelpText("after", `${APPLIERS_HELP}\n${VARIABLES_HELP}`)
    .action(async (name: string, folder: string, { taint = false }: { readonly taint?: boolean }) => {
      finish(await (await steps()).appliers(surroundings, { name, folder }, taint));
    });

  onStack(verb, "apply", "deploy one environment from an output folder")
    .addHelpText("after", `${APPLY_HELP}\n${VARIABLES_HELP}`)
    .action(async (name: string, folder: string) => {
      finish(await (await steps()).apply(surroundings, { name, folder }));
    });

  onStack(verb, "live", "ask the live platforms whether an environment is as it was deployed")
    .option("--only <checks>", "these checks, separated by commas", namesOf)
    .addHelpText("after", LIVE_HELP)
    .action(async (name: string, folder: string, { only }: { readonly only?: readonly string[] }) => {
      finish(await (await steps()).live(surroundings, { name, folder }, only));
    });

  onStack(verb, "lock", "write the checksums of an environment's providers, to be committed")
    .option("--platforms <names>", "the platforms that Terraform runs on, separated by commas", namesOf)
    .option("--mirror <folder>", "take the providers from a filesystem mirror")
    .addHelpText("after", LOCK_HELP)
    .action(async (name: string, folder: string, options: LockOptions) => {
      finish(await (await steps()).lock(surroundings, { name, folder }, options));
    });
};

function onStack(verb: Command, name: string, description: string): Command {
  return verb
    .command(name)
    .description(description)
    .argument("<environment>", "its name")
    .argument("[folder]", "what a synth wrote", "cdktf.out");
}

function namesOf(text: string): readonly string[] {
  return text.split(",").filter((name) => name !== "");
}
