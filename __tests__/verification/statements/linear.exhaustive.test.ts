import { resultsOf } from "../../../verification/statements/result";
import { manyEnvironments } from "../../support/many-environments";
import { appOf } from "../diff/apps";
import { cpuTime } from "../edge/cpu-time";

const FEW = 25;
const TIMES_AS_MANY = 8;

test("eight times as many environments take about eight times as long", () => {
  const judge = (count: number): number => {
    // What was found of an app is kept with it, so each is read anew.
    const { model, policies } = appOf(manyEnvironments(count));
    return cpuTime(() => {
      expect(resultsOf(model, policies).filter(({ passes }) => !passes)).toEqual([]);
    });
  };
  judge(FEW); // Until then, what judges isn't compiled.
  const ratios = Array.from({ length: 2 }, () => {
    const few = judge(FEW);
    return judge(TIMES_AS_MANY * FEW) / few;
  });
  expect(Math.min(...ratios)).toBeLessThan(1.4 * TIMES_AS_MANY);
});
