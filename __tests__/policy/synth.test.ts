import { type IResolvable, Lazy } from "cdktf";
import { whileProving, withoutTokenTraces } from "../../policy/synth";

/** How many lines the trace of a token has that is made here. */
function traced(): number {
  const token = Lazy.anyValue({ produce: () => "x" }) as IResolvable;
  return token.creationStack.length;
}

const { prepareStackTrace } = Error;

beforeEach(() => {
  delete (Error as Partial<Pick<typeof Error, "prepareStackTrace">>).prepareStackTrace;
});

afterAll(() => {
  Error.prepareStackTrace = prepareStackTrace;
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

test("an error keeps its trace", () => {
  expect(withoutTokenTraces(() => new Error("no").stack)).toMatch(/^Error: no\n {4}at .*synth\.test\.ts/);
});

test("an error keeps the form that its trace is given elsewhere", () => {
  Error.prepareStackTrace = (error, frames) => `${error.message} in ${frames.length > 0 ? "frames" : "none"}`;
  expect(withoutTokenTraces(() => new Error("no").stack)).toBe("no in frames");
});

test("tokens that are made while an app is proven keep no trace", () => {
  expect(whileProving({}, traced)).toBe(0);
});
