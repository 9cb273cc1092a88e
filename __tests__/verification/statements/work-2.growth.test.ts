import { environments } from "../../../environments";
import { WORK_2 } from "../../../verification/statements/work-2";
import { type JsonTree, sceneOf } from "../../support/proof-scenes";
import { added } from "./gateway-changes";

/** Production with many policies of others, which are asked before its own. */
function among(policy: (index: number) => JsonTree) {
  const indexes = Array.from({ length: 100 }, (_, index) => index);
  return sceneOf(
    environments,
    (folder) => {
      for (const index of indexes) added("dev", { precedence: index + 1, ...policy(index) }, `Other${index}`)(folder);
    },
    "production",
  );
}

describe("100 policies of others", () => {
  test.each<[string, (index: number) => JsonTree]>([
    [
      "that concern other devices",
      (index) => ({
        action: index % 2 === 0 ? "allow" : "block",
        traffic: `net.src.ip in {198.51.100.${index}} and (net.dst.port > ${index} or net.sni.host == "h${index}.dev")`,
      }),
    ],
    [
      "that block names and ports for all devices",
      (index) => ({
        action: "block",
        traffic: index % 2 === 0 ? `any(net.sni.domains[*] == "h${index}.dev")` : `net.dst.port == ${1_000 + index}`,
      }),
    ],
    [
      "that block what isn't understood",
      (index) => ({ action: "block", traffic: `any(net.sni.domains[*] in $list${index})` }),
    ],
  ])("%s leave the statement proven within the budget", (_what, policy) => {
    const scene = among(policy);
    expect(WORK_2.map(({ check }) => check(scene).verdict)).toEqual(WORK_2.map(() => "proven"));
  });

  test("that allow too many names for all devices leave it undecided, naming the field", () => {
    const traffic = (index: number) => `net.sni.host matches "${"[a-c]".repeat(index % 9)}x.*y${index}z"`;
    const scene = among((index) => ({ action: "allow", traffic: traffic(index) }));
    expect(WORK_2[0]?.check(scene)).toMatchObject({
      verdict: "undecided",
      unknown: [{ reason: "the policies tell apart too many values of net.sni.host" }],
    });
  });
});
