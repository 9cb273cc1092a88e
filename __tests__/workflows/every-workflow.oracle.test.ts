import { validate } from "@actions/languageservice";
import { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } from "@actions/workflow-parser";
import { TextDocument } from "vscode-languageserver-textdocument";
import { ACTION_PINS, RUNNER_IMAGE } from "../../constructs/scan-schedule/files/pins";
import { FACTS } from "./support/facts";
import { NAMES, read, stepsOf, textOf } from "./support/workflows";
import { sample } from "../support/sample";

let documents = 0;
/**
 * The findings of GitHub's own language service. It keeps answers by address, so every text has an address of its own.
 */
async function complaints(text: string): Promise<readonly string[]> {
  const uri = `file:///.github/workflows/${String((documents += 1))}.yml`;
  return (await validate(TextDocument.create(uri, "yaml", 1, text))).map(({ message }) => JSON.stringify(message));
}

/** The errors of GitHub's own workflow parser. */
async function parserErrors(text: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: "workflow.yml", content: text }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

/** The text behind each `uses`, comments included. */
const usesOf = (text: string): readonly string[] =>
  [...text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(([, used]) => String(used));

const PINNED = /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

test("this repository has the workflows that its work needs", () => {
  expect(NAMES).toEqual(["addresses.yml", "deploy.yml", "drift.yml", "pentest-cadence.yml", "review.yml", "snyk.yml"]);
});

describe.each(NAMES)("%s", (name) => {
  test("GitHub's own tools have nothing against it", async () => {
    expect([await complaints(textOf(name)), await parserErrors(textOf(name))]).toEqual([[], []]);
  });

  test("every pin says its version beside its commit", () => {
    const used = usesOf(textOf(name));
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((each) => !PINNED.test(each))).toEqual([]);
  });

  test("every job runs on the image that the scans run on", () => {
    const images = [...textOf(name).matchAll(/runs-on: (.+)$/gm)].map(([, image]) => image);
    expect([...new Set(images)]).toEqual([RUNNER_IMAGE]);
  });

  describe.each(FACTS)("$title", ({ holds, broken }) => {
    test("holds, and fails where it doesn't", () => {
      const workflow = read(name);
      expect(holds(workflow)).toBe(true);
      broken(workflow);
      expect(holds(workflow)).toBe(false);
    });
  });
});

test("every workflow uses the same commit of an action, and the scans' where they have it", () => {
  const pins = new Set([...NAMES.flatMap((name) => usesOf(textOf(name))), ...Object.values(ACTION_PINS)]);
  const actions = [...pins].map((pin) => pin.slice(0, pin.indexOf("@")));
  expect(actions.filter((action, place) => actions.indexOf(action) !== place)).toEqual([]);
});

test("what has further inputs tells the runner what to hide, and keeps nothing of that in a file", () => {
  const steps = NAMES.flatMap((name) => stepsOf(read(name))).filter(({ env }) => env?.["TERRAFORM_VARIABLES"]);
  expect(steps.length).toBeGreaterThan(3);
  expect(steps.filter(({ run }) => /2>|&>|\|&/.test(String(run)))).toEqual([]);
});

test.each(["actions/checkout@v7 # v7.0.1", "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"])(
  "%s is no pin",
  (used) => {
    expect(PINNED.test(used)).toBe(false);
  },
);

const MISTAKES: readonly (readonly [string, string, string])[] = [
  ["a job that does not exist", "needs: [synth, plan]", "needs: [synth, plans]"],
  ["an output that no step has", "needs.synth.outputs.proof", "needs.synth.outputs.prof"],
  ["a permission that does not exist", "contents: read", "content: read"],
  ["a function that does not exist", "fromJSON(", "fromJson5("],
  ["an input of a type that does not exist", "type: string", "type: text"],
];

test.each(sample(MISTAKES, 2))("GitHub's own tools would find %s", async (_, right, wrong) => {
  const text = textOf("deploy.yml");
  expect(text).toContain(right);
  expect(await complaints(text.replace(right, wrong))).not.toEqual([]);
});
