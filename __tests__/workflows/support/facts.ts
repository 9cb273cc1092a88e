import { isValidCron } from "@actions/workflow-parser/model/converter/cron";
import { type Job, jobsOf, secretsIn, type Step, stepsOf, type Workflow } from "./workflows";

/** Something that has to hold for every workflow, and a change after which it does not. */
export interface Fact {
  readonly title: string;
  readonly holds: (workflow: Workflow) => boolean;
  readonly broken: (workflow: Workflow) => void;
}

/** The triggers that may run a stranger's code with this repository's rights. */
const WITH_OUR_RIGHTS = ["pull_request_target", "workflow_run", "issue_comment", "issues", "discussion"];
const NOT_A_FORK = "github.event.pull_request.head.repo.full_name == github.repository";
/** A job that may take longer stands for one that hangs. */
const LONGEST_MINUTES = 60;

const first = (workflow: Workflow): Job => jobsOf(workflow)[0] as Job;
const firstStep = (workflow: Workflow, wanted: (step: Step) => boolean): Step => {
  const found = stepsOf(workflow).find(wanted);
  if (found === undefined) throw new Error("no such step");
  return found;
};
const isCheckout = ({ uses }: Step): boolean => uses?.startsWith("actions/checkout@") === true;
const mayWrite = ({ permissions = {} }: Job): boolean => Object.values(permissions).includes("write");
const runsOnForks = ({ on }: Workflow): boolean => Object.hasOwn(on, "pull_request");
/** The condition on one line, as GitHub folds it. */
const condition = (job: Job): string => (job.if ?? "").replace(/\s+/g, " ");
const keepsForksOut = (job: Job): boolean => condition(job).includes(NOT_A_FORK);
const programs = (workflow: Workflow): readonly string[] =>
  stepsOf(workflow).flatMap(({ run, with: given }) =>
    [run, given?.["script"]].filter((text) => typeof text === "string"),
  );

export const FACTS: readonly Fact[] = [
  {
    title: "its token may do nothing unless a job says so",
    holds: ({ permissions }) => permissions !== undefined && Object.keys(permissions).length === 0,
    broken: (workflow) => delete workflow.permissions,
  },
  {
    title: "every job says what its token may do",
    holds: (workflow) => jobsOf(workflow).every(({ permissions }) => typeof permissions === "object"),
    broken: (workflow) => delete first(workflow).permissions,
  },
  {
    title: "no job's token may write to the repository",
    holds: (workflow) => jobsOf(workflow).every(({ permissions }) => permissions?.["contents"] !== "write"),
    broken: (workflow) => (first(workflow).permissions = { contents: "write" }),
  },
  {
    title: "every action is pinned by its whole commit",
    holds: (workflow) => stepsOf(workflow).every(({ uses }) => uses === undefined || /@[0-9a-f]{40}$/.test(uses)),
    broken: (workflow) => (firstStep(workflow, ({ uses }) => uses !== undefined).uses = "actions/checkout@v7"),
  },
  {
    title: "no checkout leaves its credentials behind",
    holds: (workflow) =>
      stepsOf(workflow)
        .filter(isCheckout)
        .every((step) => step.with?.["persist-credentials"] === false),
    broken: (workflow) => delete firstStep(workflow, isCheckout).with,
  },
  {
    title: "no expression stands in a program, where somebody's text would become part of it",
    holds: (workflow) => programs(workflow).every((program) => !program.includes("${{")),
    broken: (workflow) => (firstStep(workflow, ({ run }) => run !== undefined).run = "echo ${{ github.head_ref }}"),
  },
  {
    title: "no event gives a stranger's code this repository's rights",
    holds: ({ on }) => !WITH_OUR_RIGHTS.some((event) => Object.hasOwn(on, event)),
    broken: ({ on }) => (on["workflow_run"] = { workflows: ["Review"] }),
  },
  {
    title: "no job that a fork reaches has a secret, or may write",
    holds: (workflow) =>
      !runsOnForks(workflow) ||
      jobsOf(workflow).every((job) => (secretsIn(job).length === 0 && !mayWrite(job)) || !isReachedByForks(job)),
    broken: (workflow) => {
      workflow.on["pull_request"] = null;
      const job = first(workflow);
      delete job.if;
      job.env = { TOKEN: "${{ secrets.TOKEN }}" };
    },
  },
  {
    title: "a secret goes to a step, never to a whole job or workflow",
    holds: (workflow) =>
      secretsIn(workflow.env).length === 0 && jobsOf(workflow).every(({ env }) => !secretsIn(env).length),
    broken: (workflow) => (workflow.env = { TOKEN: "${{ secrets.TOKEN }}" }),
  },
  {
    title: "no secret is named by anything but its name",
    holds: (workflow) => !secretsIn(workflow).includes("secrets"),
    broken: (workflow) => (firstStep(workflow, () => true).env = { ALL: "${{ toJSON(secrets) }}" }),
  },
  {
    title: "every job has a time limit",
    holds: (workflow) => jobsOf(workflow).every((job) => (job["timeout-minutes"] ?? 360) <= LONGEST_MINUTES),
    broken: (workflow) => delete first(workflow)["timeout-minutes"],
  },
  {
    title: "its schedule, if it has one, is one that GitHub accepts, and not at a full hour",
    holds: ({ on }) => schedulesOf(on).every((cron) => isValidCron(cron) && Number(cron.split(" ")[0]) % 5 !== 0),
    broken: ({ on }) => (on["schedule"] = [{ cron: "0 4 * * *" }]),
  },
  {
    title: "what it does at the same time as another run of it is said",
    holds: (workflow) =>
      workflow.concurrency !== undefined || jobsOf(workflow).some(({ concurrency }) => concurrency !== undefined),
    broken: (workflow) => {
      delete workflow.concurrency;
      for (const job of jobsOf(workflow)) delete job.concurrency;
    },
  },
];

/** A job that may only write on schedules isn't reached by a pull request either. */
function isReachedByForks(job: Job): boolean {
  return !keepsForksOut(job) && !condition(job).includes("github.event_name == 'schedule'");
}

function schedulesOf(on: Workflow["on"]): readonly string[] {
  return ((on["schedule"] ?? []) as readonly { readonly cron: string }[]).map(({ cron }) => cron);
}
