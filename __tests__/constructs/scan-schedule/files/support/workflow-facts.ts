import { isValidCron } from "@actions/workflow-parser/model/converter/cron";
import { type Job, type Step, type Workflow } from "./workflow";

/** Something that has to hold for a workflow, and a change after which it does not. */
export interface Fact {
  readonly title: string;
  readonly holds: (workflow: Workflow) => boolean;
  readonly broken: (workflow: Workflow) => void;
}

const jobs = ({ jobs: all }: Workflow): readonly Job[] => Object.values(all);
const steps = (workflow: Workflow): readonly Step[] => jobs(workflow).flatMap((job) => job.steps);
const firstStep = (workflow: Workflow, wanted: (step: Step) => boolean): Step => {
  const found = steps(workflow).find(wanted);
  if (found === undefined) throw new Error("no such step");
  return found;
};
const schedules = ({ on }: Workflow): readonly string[] =>
  (on["schedule"] as readonly { cron: string }[]).map(({ cron }) => cron);

/** Whether a cron expression fires in every span of seven days: it names neither days of the month nor months. */
function isWeekly(expression: string): boolean {
  const [, , dayOfMonth, month] = expression.split(" ");
  return isValidCron(expression) && dayOfMonth === "*" && month === "*";
}

/** The facts that hold for every workflow. */
export const COMMON_FACTS: readonly Fact[] = [
  {
    title: "it runs weekly or more often",
    holds: (workflow) => schedules(workflow).some(isWeekly),
    broken: ({ on }) => (on["schedule"] = [{ cron: "17 4 1 * *" }]),
  },
  {
    title: "its schedule is one that GitHub accepts",
    holds: (workflow) => schedules(workflow).every(isValidCron),
    broken: ({ on }) => (on["schedule"] = [{ cron: "17 4 * * 7" }]),
  },
  {
    title: "its token may do nothing unless a job says so",
    holds: ({ permissions }) => typeof permissions === "object" && Object.keys(permissions).length === 0,
    broken: (workflow) => (workflow.permissions = { contents: "read" }),
  },
  {
    title: "every job says what its token may do",
    holds: (workflow) => jobs(workflow).every(({ permissions }) => typeof permissions === "object"),
    broken: (workflow) => delete jobs(workflow)[0]?.permissions,
  },
  {
    title: "no job may write to the repository",
    holds: (workflow) =>
      jobs(workflow).every(({ permissions }) => (permissions as Record<string, string>)["contents"] !== "write"),
    broken: (workflow) => ((jobs(workflow)[0] as Job).permissions = { contents: "write" }),
  },
  {
    title: "every action is pinned by commit",
    holds: (workflow) => steps(workflow).every(({ uses }) => uses === undefined || /@[0-9a-f]{40}$/.test(uses)),
    broken: (workflow) => (firstStep(workflow, ({ uses }) => uses !== undefined).uses = "actions/checkout@v7"),
  },
  {
    title: "no checkout leaves its credentials behind",
    holds: (workflow) =>
      steps(workflow)
        .filter(({ uses }) => uses?.startsWith("actions/checkout@"))
        .every((step) => step.with?.["persist-credentials"] === false),
    broken: (workflow) => delete firstStep(workflow, ({ uses }) => uses?.startsWith("actions/checkout@") === true).with,
  },
  {
    title: "no expression stands in a shell script",
    holds: (workflow) => steps(workflow).every(({ run }) => run?.includes("${{") !== true),
    broken: (workflow) => (firstStep(workflow, ({ run }) => run !== undefined).run = "echo ${{ github.head_ref }}"),
  },
  {
    title: "every job has a time limit",
    holds: (workflow) => jobs(workflow).every((job) => (job["timeout-minutes"] ?? 360) <= 30),
    broken: (workflow) => delete jobs(workflow)[0]?.["timeout-minutes"],
  },
  {
    title: "no run has a fork's code together with the repository's secrets",
    holds: ({ on }) => !Object.keys(on).some((event) => ["pull_request_target", "workflow_run"].includes(event)),
    broken: ({ on }) => (on["pull_request_target"] = null),
  },
];
