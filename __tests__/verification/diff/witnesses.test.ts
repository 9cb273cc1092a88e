import { EdgePhase } from "../../../policy/edge-phase";
import { Area } from "../../../verification/diff/item";
import { changedBy, rules } from "./apps";

const closedWhere = (expression: string) => {
  const block = { ref: "b", description: "", action: "block", expression, enabled: true };
  // Where it isn't known whether Meta sends such a request, HOOK-1 is another item.
  const item = changedBy(rules(EdgePhase.CUSTOM, (all) => [block, ...all])).find(({ area }) => area === Area.REQUESTS);
  return { witness: item?.witnesses[0], notes: item?.notes };
};

describe("a witness is a command that sends what a condition asks for:", () => {
  test.each([
    ['http.user_agent contains "bot"', "curl -i --path-as-is -A bot https://app.shop.dev/"],
    ['http.user_agent eq "it\'s a bot"', "curl -i --path-as-is -A 'it'\\''s a bot' https://app.shop.dev/"],
    ['any(http.request.headers["x-a"][*] eq "1")', "curl -i --path-as-is -H 'x-a: 1' https://app.shop.dev/"],
    [
      'any(http.request.headers["x-token"][*] eq "1")',
      "curl -i --path-as-is -H 'x-token: (hidden)' https://app.shop.dev/",
    ],
    ['http.request.full_uri wildcard "https://*.shop.dev/adm*"', "curl -i --path-as-is https://app.shop.dev/adm"],
  ])("%s", (condition, command) => {
    const { witness, notes } = closedWhere(condition);
    expect(witness?.startsWith(command)).toBe(true);
    expect(notes).toEqual([]);
  });

  test("and there is none where nobody knows one", () => {
    expect(closedWhere('http.request.full_uri wildcard "https://other.dev/*"')).toEqual({
      witness: undefined,
      notes: ["no example is known"],
    });
  });
});
