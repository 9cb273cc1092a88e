import { terminalOf } from "../../cli/terminal";

/** A process on a terminal of so many columns, or whose output goes elsewhere, with these variables. */
function processOf(isTTY: boolean, env: Readonly<Record<string, string>>, columns = 90) {
  const written: string[] = [];
  const stream = (name: string) => ({
    isTTY,
    columns: isTTY ? columns : undefined,
    write: (text: string) => written.push(name + text),
  });
  const { write, tell, ...terminal } = terminalOf({
    stdout: stream("out "),
    stderr: stream("err "),
    env,
  } as unknown as NodeJS.Process);
  write("answer");
  tell("news");
  return { ...terminal, written };
}

test("answers go to one stream and news to the other", () => {
  expect(processOf(false, {}).written).toEqual(["out answer", "err news"]);
});

test("a line is as wide as the terminal, but at most 100 columns, and a file has 80", () => {
  expect([processOf(true, {}), processOf(true, {}, 250), processOf(false, {})]).toMatchObject([
    { isInteractive: true, columns: 90 },
    { isInteractive: true, columns: 100 },
    { isInteractive: false, columns: 80 },
  ]);
});

describe("colour", () => {
  test.each([
    [{}, true, false],
    [{ NO_COLOR: "" }, true, false],
    [{ NO_COLOR: "1" }, false, false],
    [{ NO_COLOR: "0" }, false, false],
    [{ FORCE_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, true, true],
    [{ FORCE_COLOR: "2" }, true, true],
    [{ FORCE_COLOR: "3" }, true, true],
    [{ FORCE_COLOR: "true" }, true, true],
    [{ FORCE_COLOR: "0" }, false, false],
    [{ FORCE_COLOR: "false" }, false, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, true, true],
    [{ FORCE_COLOR: "0", NO_COLOR: "" }, false, false],
  ] as const)("with %j is %s on a terminal, and %s in a file", (env, onTerminal, inFile) => {
    expect([processOf(true, env).hasColour, processOf(false, env).hasColour]).toEqual([onTerminal, inFile]);
  });
});
