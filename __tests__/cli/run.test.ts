import type { Verb } from "../../cli/verb";
import { ask } from "./ask";

jest.mock("../../cli/verbs", () => ({ VERBS: [((...args) => failing(...args)) satisfies Verb] }));

let thrown: unknown;
const failing: Verb = (program, { terminal, finish }) => {
  program.command("fail").action(() => {
    terminal.write("an answer, ");
    finish(0);
    throw thrown;
  });
};

describe("an error that no command foresaw", () => {
  test.each([
    ["an error", new TypeError("x is not\na function"), "TypeError: x is not\\u{a}a function"],
    ["an error of a kind of its own", Object.assign(new Error("no entry"), { name: "Missing" }), "Missing: no entry"],
    ["what turns text around", new Error("\u202eabc"), "Error: \\u{202e}abc"],
    ["a text", "out of paper", "'out of paper'"],
    ["what can't be turned into text", { toString: 1 }, "{ toString: 1 }"],
  ])("ends with 2, since the answer is unknown, and one line: %s", async (_, error, shown) => {
    thrown = error;
    const { code, told } = await ask("fail");
    expect(code).toBe(2);
    expect(told).toMatch(/^[^\n]+\n$/);
    expect(told).toContain(shown);
  });
});
