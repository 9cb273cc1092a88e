import { createHash } from "node:crypto";
import type { Environment } from "../../policy/environment";
import { EXAMPLE_DOMAINS, EXAMPLE_IDS } from "../../policy/example-ids";

/** What stands for each form of example value, in a form that the platform's own values have. */
const REPLACEMENTS: readonly (readonly [RegExp, (example: string) => string])[] = [
  [oneOf([EXAMPLE_IDS.account, ...Object.values(EXAMPLE_IDS.zones)]), (id) => digest(id, 32)],
  [oneOf(Object.values(EXAMPLE_IDS.services)), (id) => `srv-${digest(id, 20)}`],
  [/\bexample-[a-z0-9-]+(?=\.onrender\.com)/g, (name) => name.replace("example", "shop")],
  [/\bexample(?=\/)/g, () => "shop"],
  [oneOf(EXAMPLE_DOMAINS.filter((domain) => domain.includes("."))), (domain) => `${domain.replace(".", "-")}.internal`],
  [/\b192\.0\.2\./g, () => "9.9.2."],
  [/\b198\.51\.100\./g, () => "9.51.100."],
  [/\b203\.0\.113\./g, () => "9.0.113."],
  [/\b2001:db8:/g, () => "2620:fe:"],
];

/** The same environment as its owner would fill it in: no example value is left. Domains are under `.internal`. */
export function withRealValues(environment: Environment): Environment {
  const text = REPLACEMENTS.reduce(
    (filled, [example, real]) => filled.replace(example, real),
    JSON.stringify(environment),
  );
  return JSON.parse(text) as Environment;
}

function oneOf(texts: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${texts.map((text) => text.replaceAll(".", "\\.")).join("|")})\\b`, "g");
}

function digest(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}
