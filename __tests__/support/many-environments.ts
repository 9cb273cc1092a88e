import { environments as shipped } from "../../environments";
import type { Environment } from "../../policy/environment";
import { EXAMPLE_IDS } from "../../policy/example-values";

/** That many environments like staging, each with ids, hosts and a zone of its own. */
export function manyEnvironments(count: number): readonly Environment[] {
  const { staging } = EXAMPLE_IDS;
  const like = JSON.stringify(shipped.find(({ name }) => name === "staging"));
  return Array.from({ length: count }, (_, index) => {
    const digits = String(index).padStart(4, "0");
    const letters = digits.replace(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "");
    const own = Object.values(staging).reduce(
      (text, id) => text.replaceAll(id, `${id.slice(0, -4)}${/^[a-z]{20}$/.test(id) ? letters : digits}`),
      like.replaceAll("example.net", `e${digits}.example.net`),
    );
    return { ...(JSON.parse(own) as Environment), name: `e${digits}` };
  });
}
