import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../cli/run";
import { blocksOf } from "./blocks";

const ROOT = join(__dirname, "..", "..");
const WORKFLOWS = join(ROOT, ".github", "workflows");

const guide = readFileSync(join(ROOT, "docs/deploy.md"), "utf8");
const workflows = readdirSync(WORKFLOWS).map((name) => readFileSync(join(WORKFLOWS, name), "utf8"));

/** The commands of a text as they are called, up to the end of their line or of their code. */
const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/npm run -s policy -- ([^\n`|]+)/g)].map(([, command = ""]) => command.trim());

/** A command without its arguments: its verb, and the verb's part where it has parts. */
const nameOf = (command: string): string => /^(?:deployment |addresses |pentest )?[a-z]+/.exec(command)?.[0] ?? command;

async function helpOf(name: string): Promise<{ readonly code: number; readonly text: string }> {
  let text = "";
  const take = (part: string): void => void (text += part);
  const terminal = { write: take, tell: take, isInteractive: false, columns: 80, hasColour: false };
  return { code: await run([...name.split(" "), "--help"], terminal, {}), text };
}

const commands = [...new Set(commandsIn(guide))];
const named = new Set(workflows.flatMap(commandsIn).map(nameOf));
/** Run by the tests, against stand-ins of the platforms and of Terraform. */
const RUN_BY_TESTS = ["doctor", "inventory", "deployment lock"];

test("the guide leads over commands", () => {
  expect(commands.length).toBeGreaterThan(7);
  expect(blocksOf(guide).map(({ args }) => args[0])).toEqual(["doctor"]);
});

test.each(commands)("%s is a command, takes its options, and is run by a workflow or by the tests", async (command) => {
  const name = nameOf(command);
  const { code, text } = await helpOf(name);
  expect(code).toBe(0);
  expect(text).toContain(`policy -- ${name}`);
  for (const [flag] of command.matchAll(/--[a-z-]+/g)) expect(text).toContain(flag);
  expect([...named, ...RUN_BY_TESTS]).toContain(name);
});

test("every script of the guide is one of the project", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly scripts: object };
  const called = [...guide.matchAll(/npm run (?!-s policy)([a-z:]+)/g)].map(([, script = ""]) => script);
  expect(called).toEqual(expect.arrayContaining(["rehearse", "synth"]));
  for (const script of called) expect(Object.keys(scripts)).toContain(script);
});

test("every part of a deploy that a workflow runs stands in the guide", () => {
  const parts = [...named].filter((name) => name.startsWith("deployment "));
  expect(parts.length).toBeGreaterThan(5);
  for (const part of parts) expect(guide).toContain(part);
});
