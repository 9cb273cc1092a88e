import { resultsOf } from "../../../verification/statements/results";
import { callsOf } from "../../support/calls";
import { manyEnvironments } from "../../support/many-environments";
import { appOf } from "../answers/diff/apps";

test("four times as many environments take about four times as many calls", () => {
  const calls = (count: number): number => {
    // An app keeps all that was found of it, so each call makes a new one.
    const { model, policies } = appOf(manyEnvironments(count));
    return callsOf(() => {
      expect(resultsOf(model, policies).filter(({ passes }) => !passes)).toEqual([]);
    });
  };
  calls(1); // Until then, some tables aren't made.
  expect(calls(40) / calls(10)).toBeLessThan(4.4);
});
