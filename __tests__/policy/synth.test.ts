import { runInThisContext } from "node:vm";
import { type IResolvable, Lazy } from "cdktf";
import { whileProving, withoutTokenTraces } from "../../policy/synth";

/** How many lines the trace of a token has that is made here. */
function traced(): number {
  const token = Lazy.anyValue({ produce: () => "x" }) as IResolvable;
  return token.creationStack.length;
}

const { captureStackTrace } = Error;

// Tests take no traces of tokens: here they are taken as elsewhere.
beforeEach(() => {
  Error.captureStackTrace = (runInThisContext("Error") as typeof Error).captureStackTrace;
});

afterAll(() => {
  Error.captureStackTrace = captureStackTrace;
});

test("a token keeps no trace, and the next one does", () => {
  expect(withoutTokenTraces(traced)).toBe(0);
  expect(traced()).toBeGreaterThan(0);
});

test("tokens keep their traces again after an action that fails", () => {
  const failing = () =>
    withoutTokenTraces(() => {
      throw new Error("no");
    });
  expect(failing).toThrow("no");
  expect(traced()).toBeGreaterThan(0);
});

test("an error keeps its trace, and one that is taken again", () => {
  const { made, taken } = withoutTokenTraces(() => {
    const error = new Error("no");
    const made = error.stack;
    Error.captureStackTrace(error, traced);
    return { made, taken: error.stack };
  });
  expect(made).toMatch(/^Error: no\n {4}at .*synth\.test\.ts/);
  expect(taken).not.toBe(made);
});

test("tokens that are made while an app is proven keep no trace", () => {
  expect(whileProving({}, traced)).toBe(0);
});
