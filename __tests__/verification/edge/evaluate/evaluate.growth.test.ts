import { parse } from "../../../../network/rules-language";
import { evaluate } from "../../../../verification/edge/evaluate/evaluate";
import { requestOf } from "../../../../verification/edge/evaluate/request";
import { callsOf } from "../../../support/calls";

test("blocks are searched, not scanned: a hundred times as many take a few more calls", () => {
  const calls = (count: number): number => {
    const blocks = Array.from({ length: count }, (_, index) => `10.${index >> 6}.${(index & 63) * 4}.0/22`);
    const expression = parse(`ip.src in {${blocks.join(" ")}}`);
    const request = requestOf({ "ip.src": "10.255.0.1" });
    expect(evaluate(expression, request).isFalse).toBe(true);
    return callsOf(() => void evaluate(expression, request));
  };
  expect(calls(1_500)).toBeLessThan(calls(15) + 50);
});
