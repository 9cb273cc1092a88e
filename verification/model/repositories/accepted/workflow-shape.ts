import { cronOf } from "../cron";
import { NotUnderstood, within } from "../not-understood";
import { objectAt } from "../workflow";
import { type Place, PLACES } from "./place";
import {
  among,
  any,
  both,
  condition,
  filled,
  inhabited,
  listOf,
  matching,
  members,
  named,
  notBeside,
  number,
  oneOf,
  onOff,
  type Shape,
  text,
} from "./shape";

/*
 * A workflow as GitHub takes it, as far as the scans and the pen test's cadence are written. What GitHub takes beside is left
 * out: nobody here has read what it does to the rest.
 *
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 * https://github.com/actions/languageservices/blob/main/workflow-parser/src/workflow-v1.0.json
 */

const ID = /^[A-Za-z_][\w-]{0,99}$/;

const PATTERN = matching(/^!?[\w./*-]+$/);

/** What is taken out is taken out of something. */
const PATTERNS = oneOf({
  text: matching(/^[\w./*-]+$/),
  list: both(listOf(PATTERN), (value, at) => {
    if (String((value as readonly unknown[])[0]).startsWith("!"))
      throw new NotUnderstood(at, "it begins with an exception");
  }),
});

const PATHS = { paths: PATTERNS, "paths-ignore": PATTERNS };
const BRANCHES = { branches: PATTERNS, "branches-ignore": PATTERNS };
const TAGS = { tags: PATTERNS, "tags-ignore": PATTERNS };

const eitherOf = (shapes: Readonly<Record<string, Shape>>): Shape =>
  oneOf({
    nothing: any,
    object: both(members(shapes), ...["branches", "tags", "paths"].map((name) => notBeside(name, `${name}-ignore`))),
  });

const CRON: Shape = (value, at) => {
  filled()(value, at);
  within(at, () => cronOf(String(value)));
};

const SCHEDULE = listOf(members({ cron: CRON, timezone: among("UTC", "Etc/UTC") }, ["cron"]));

/** What is started by hand may ask for nothing. */
const BY_HAND = oneOf({ nothing: any, object: members({}) });

const ON = oneOf({
  text: among("push", "pull_request", "workflow_dispatch"),
  list: listOf(among("push", "pull_request", "workflow_dispatch")),
  object: members({
    push: eitherOf({ ...BRANCHES, ...TAGS, ...PATHS }),
    pull_request: eitherOf({ ...BRANCHES, ...PATHS }),
    schedule: SCHEDULE,
    workflow_dispatch: BY_HAND,
  }),
});

const LEVEL = among("read", "write", "none");

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions */
const PERMISSIONS = members({
  ...Object.fromEntries(
    [
      ...["actions", "attestations", "checks", "contents", "deployments", "discussions", "issues", "packages", "pages"],
      ...["pull-requests", "security-events", "statuses"],
    ].map((name) => [name, LEVEL]),
  ),
  "id-token": among("write", "none"),
  models: among("read", "none"),
});

const concurrency = (place: Place): Shape =>
  oneOf({
    text: filled(place),
    object: members({ group: filled(place), "cancel-in-progress": onOff(place) }, ["group"]),
  });

const VALUE = oneOf({ text: text(PLACES.job), number: any, switch: any });

/** Without a leg a job isn't run; GitHub takes 256. */
const LEGS: Shape = (value, at) => {
  const { include, ...vectors } = objectAt(at, value);
  if (include === undefined && Object.keys(vectors).length === 0) throw new NotUnderstood(at, "it has no legs");
  if (Array.isArray(include) && include.length > 256) throw new NotUnderstood(at, "it has more than 256 legs");
};

const withoutInclude =
  (shape: Shape): Shape =>
  (value, at) => {
    const { include: _, ...vectors } = objectAt(at, value);
    shape(vectors, at);
  };

const MATRIX = both(
  LEGS,
  (value, at) => {
    const { include = [{}] } = objectAt(at, value);
    listOf(named(VALUE))(include, `${at}.include`);
  },
  withoutInclude(named(listOf(VALUE), /^(?!exclude$)[A-Za-z_][\w-]*$/i)),
);

const STRATEGY = members(
  { "fail-fast": onOff(PLACES.job), "max-parallel": number(PLACES.job), matrix: oneOf({ object: MATRIX }) },
  ["matrix"],
);

const ENVIRONMENT = named(text(PLACES.step));

const STEP = both(
  members({
    name: text(PLACES.step),
    id: matching(/^(?!__)[A-Za-z_][\w-]{0,99}$/),
    if: condition(PLACES.stepCondition),
    uses: matching(/^[\w.-]+\/[\w./-]+@[\w./-]+$/),
    with: ENVIRONMENT,
    run: text(PLACES.step),
    env: ENVIRONMENT,
    "continue-on-error": onOff(PLACES.step),
    "timeout-minutes": number(PLACES.step),
    "working-directory": filled(PLACES.step),
    shell: filled(),
  }),
  (value, at) => {
    const step = objectAt(at, value);
    const isOne = "uses" in step !== "run" in step;
    if (!isOne) throw new NotUnderstood(at, "it neither runs nor uses one thing");
  },
  ...["working-directory", "shell"].map((key) => notBeside("uses", key)),
  notBeside("run", "with"),
);

const JOB = members(
  {
    name: text(PLACES.leg),
    if: condition(PLACES.jobCondition),
    needs: oneOf({ text: matching(ID), list: listOf(matching(ID)) }),
    "runs-on": oneOf({ text: filled(PLACES.leg), list: listOf(filled(PLACES.leg)) }),
    "timeout-minutes": number(PLACES.leg),
    "continue-on-error": onOff(PLACES.leg),
    permissions: PERMISSIONS,
    concurrency: concurrency(PLACES.leg),
    strategy: STRATEGY,
    env: named(text(PLACES.jobEnvironment)),
    outputs: named(text(PLACES.jobOutputs), ID),
    steps: listOf(STEP),
  },
  ["runs-on", "steps"],
);

export const WORKFLOW: Shape = members(
  {
    name: text(),
    "run-name": text(PLACES.run),
    on: ON,
    permissions: PERMISSIONS,
    concurrency: concurrency(PLACES.run),
    jobs: both(inhabited, named(JOB, ID)),
  },
  ["on", "jobs"],
);
