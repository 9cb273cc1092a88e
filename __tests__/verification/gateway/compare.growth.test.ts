import { compareEnds } from "../../../verification/gateway/compare";
import { network } from "./network";

const INDEXES = Array.from({ length: 100 }, (_, index) => index);
const ADDED = ["block", 'net.sni.host == "new.dev"'] as const;

describe("one policy more beside 100 others is compared within the budget", () => {
  test.each<[string, (index: number) => readonly [action: string, traffic: string], changes: number]>([
    ["that block hosts", (index) => ["block", `net.sni.host == "h${index}.dev"`], 1],
    [
      "that block hosts and ports",
      (index) => ["block", index % 2 ? `net.sni.host == "h${index}.dev"` : `net.dst.port == ${index + 1}`],
      1,
    ],
    [
      "that concern one device each",
      (index) => [
        "allow",
        `net.src.ip in {198.51.100.${index}} and (net.dst.port > ${1_000 + index} or net.sni.host == "h${index}.dev")`,
      ],
      101,
    ],
  ])("%s", (_what, policy, changes) => {
    const others = INDEXES.map(policy);
    const compared = compareEnds(network(...others), network(...others, ADDED));
    expect(compared).toMatchObject({ kind: "found", value: { length: changes } });
  });
});
