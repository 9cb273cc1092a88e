import { parse } from "../../../network/rules-language";
import { callsOf } from "../../support/calls";

test("ten times as many CIDR blocks take ten times as many calls", () => {
  const calls = (count: number): number => {
    const blocks = Array.from({ length: count }, (_, index) => `10.${index >> 6}.${(index & 63) * 4}.0/22`);
    const source = `ip.src in {${blocks.join(" ")}}`;
    return callsOf(() => void parse(source));
  };
  expect(calls(1_500) / calls(150)).toBeLessThan(11);
});
