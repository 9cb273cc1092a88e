import { createHash } from "node:crypto";
import type { Environment } from "../policy/environment";
import { EXAMPLE_DOMAINS, EXAMPLE_IDS } from "../policy/example-values";

/** A value for each form of example value, in a form that the platform's own values have. */
const REPLACEMENTS: readonly (readonly [RegExp, (example: string) => string])[] = [
  [oneOf(idsOf(EXAMPLE_IDS)), realId],
  [/\bexample-[a-z0-9-]+(?=\.onrender\.com)/g, (name) => name.replace("example", "shop")],
  [/\bexample(?=\/)/g, () => "shop"],
  [/"owner":\s*"example"/g, () => '"owner": "shop"'],
  [oneOf(EXAMPLE_DOMAINS.filter((domain) => domain.includes("."))), (domain) => `${domain.replace(".", "-")}.internal`],
  [/\b192\.0\.2\./g, () => "9.9.2."],
  [/\b198\.51\.100\./g, () => "9.51.100."],
  [/\b203\.0\.113\./g, () => "9.0.113."],
  [/\b2001:db8:/g, () => "2620:fe:"],
];

/** The same environment as its owner would fill it in: no example value is left. Domains are under `.internal`. */
export const withRealValues = (environment: Environment): Environment =>
  JSON.parse(withRealText(JSON.stringify(environment))) as Environment;

/** The same for any text that holds example values. */
export function withRealText(text: string): string {
  return REPLACEMENTS.reduce((filled, [example, real]) => filled.replace(example, real), text);
}

function idsOf(ids: object): readonly string[] {
  return Object.values(ids).flatMap((id: unknown) => (typeof id === "string" ? [id] : idsOf(id as object)));
}

/** An id of the same form: Render's have a prefix, a Supabase project's has letters only, a GitHub App's digits. */
function realId(id: string): string {
  if (/^[1-9][0-9]{0,9}$/.test(id)) return String(parseInt(digest(id, 5), 16));
  const [, prefix] = /^([a-z]{3}-)/.exec(id) ?? [];
  if (prefix !== undefined) return `${prefix}${digest(id, 20)}`;
  const letters = (hex: string) => hex.replace(/[0-9]/g, (digit) => "ghijklmnop"[Number(digit)] ?? "");
  return id.length === 20 ? letters(digest(id, 20)) : digest(id, 32);
}

function oneOf(texts: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${texts.map((text) => text.replaceAll(".", "\\.")).join("|")})\\b`, "g");
}

function digest(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}
