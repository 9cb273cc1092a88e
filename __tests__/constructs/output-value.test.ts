import util from "node:util";
import { environments } from "../../environments";
import { synthesize } from "../support/app";

test("a synth calls nothing of which Node.js warns", () => {
  const isArray = jest.spyOn(util, "isArray");
  const { stacks } = synthesize(environments);
  expect(Object.keys(stacks)).toHaveLength(3);
  expect(isArray).not.toHaveBeenCalled();
});
