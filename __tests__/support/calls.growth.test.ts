import { callsOf } from "./calls";

const each = (times: number): void => {
  for (let count = 0; count < times; count += 1) once();
};
const once = (): number => 1;

test("the calls of an action are counted, each time alike", () => {
  const calls = [1, 10, 10].map((times) =>
    callsOf(() => {
      each(times);
    }),
  );
  expect(calls.map((count) => count - (calls[0] ?? NaN))).toEqual([0, 9, 9]);
});
