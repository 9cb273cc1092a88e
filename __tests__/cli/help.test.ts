import { Command } from "commander";
import { version } from "../../cli/program";
import { VERBS } from "../../cli/verbs";
import { ask } from "./ask";

const program = new Command();
const surroundings = {
  terminal: { write: () => undefined, tell: () => undefined, isInteractive: false, columns: 80, hasColour: false },
  environment: {},
  finish: () => undefined,
};
for (const verb of VERBS) verb(program, surroundings);

/** The commands below one, groups among them, each by the words that call it. */
const below = (command: Command, before: readonly string[] = []): readonly (readonly [readonly string[], Command])[] =>
  command.commands.flatMap((each) => {
    const words = [...before, each.name()];
    return [[words, each] as const, ...below(each, words)];
  });
const COMMANDS = below(program);
const NAMES = COMMANDS.map(([words]) => words.join(" "));

test("the commands are known, groups and their own commands among them", () => {
  expect(NAMES).toEqual(expect.arrayContaining(["verify", "pentest", "pentest retest", "deployment live"]));
});

test.each(["", ...NAMES])("the help of %j says once with which exit codes it ends", async (name) => {
  const { code, written } = await ask(...name.split(" ").filter((word) => word !== ""), "--help");
  expect(code).toBe(0);
  expect(written.match(/^Exit codes: 0 [^]+?\b2 /gm)).toHaveLength(1);
});

test.each(COMMANDS.filter(([, { commands }]) => commands.length === 0).map(([words]) => words.join(" ")))(
  "the help of %j has an example of it",
  async (name) => {
    const { written } = await ask(...name.split(" "), "--help");
    expect(written).toMatch(new RegExp(`^Examples?:\\n(?: {2}.*\\n)*? {2}npm run -s policy -- ${name}\\b`, "m"));
  },
);

test("a folder that a command is about is an argument, and one that it takes environments from is --folder", () => {
  const options = COMMANDS.flatMap(([words, { options: all }]) =>
    all.filter(({ flags }) => /folder|<path>/.test(flags)).map(({ flags }) => `${words.join(" ")} ${flags}`),
  );
  expect(options.filter((option) => !option.endsWith(" --folder <folder>"))).toEqual([
    "diff --sources <folder>",
    "report --before <folder>",
    "deployment lock --mirror <folder>",
  ]);
  const both = COMMANDS.filter(
    ([, { options: all, registeredArguments }]) =>
      all.some(({ long }) => long === "--folder") && registeredArguments.some((each) => each.name() === "folder"),
  );
  expect(both).toEqual([]);
});

test.each(["--version", "-V"])("%s prints the version of the package", async (option) => {
  const { version: here } = jest.requireActual<{ readonly version: string }>("../../package.json");
  expect(version()).toBe(here);
  expect(await ask(option)).toEqual({ code: 0, written: `${here}\n`, told: "" });
});
