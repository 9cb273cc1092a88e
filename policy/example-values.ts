import { shown } from "../errors/invalid-input";
import { parseEntry } from "../network/address-entry";
import { AddressSet } from "../network/address-set";
import { SpecialAddresses } from "../network/special-addresses";
import type { Environment } from "./environment";

/** Ids that only examples have. An environment that holds one of them can be synthesized but not applied. */
export const EXAMPLE_IDS = {
  account: "0123456789abcdef0123456789abcdef",
  production: {
    zone: "11111111111111111111111111111111",
    service: "srv-example0production00",
    worker: "srv-example0worker000000",
    egress: "egs-example0production00",
    workerEgress: "egs-example0workers00000",
    project: "exampleproductiondbx",
    keyValue: "red-example0production00",
    githubApp: "9999999999",
  },
  staging: {
    zone: "22222222222222222222222222222222",
    service: "srv-example0staging00000",
    worker: "srv-example0worker000001",
    egress: "egs-example0staging00000",
    project: "examplestagingdbxxxx",
    keyValue: "red-example0staging00000",
  },
  dev: {
    zone: "33333333333333333333333333333333",
    service: "srv-example0dev000000000",
    worker: "srv-example0worker000002",
    egress: "egs-example0dev000000000",
    project: "exampledevdbxxxxxxxx",
    keyValue: "red-example0dev000000000",
  },
} as const;

/** Names that the standards reserve for examples, with everything below them (RFC 2606, RFC 6761). */
export const EXAMPLE_DOMAINS = ["example.com", "example.net", "example.org", "example", "test", "invalid"] as const;

const { account, ...ofEnvironments } = EXAMPLE_IDS;
const IDS = new Set<string>([account, ...Object.values(ofEnvironments).flatMap((ids) => Object.values(ids))]);

/** One test for each form of example value. */
const FORMS: readonly ((text: string) => boolean)[] = [
  (text) => IDS.has(text),
  (text) => EXAMPLE_DOMAINS.some((domain) => hostOf(text) === domain || hostOf(text).endsWith(`.${domain}`)),
  (text) => /^example-[a-z0-9-]+\.onrender\.com$/.test(text),
  (text) => /^example\//.test(text),
  isDocumentationAddress,
];

/**
 * The values of the examples that an environment still holds: each key path with its value, in the order written. As long as
 * there is one, the environment's stack must not be applied.
 */
export function exampleValues(environment: Environment): readonly string[] {
  return leaves(environment, "").flatMap(({ at, text }) =>
    FORMS.some((isExample) => isExample(text)) ? [`${at} (${text})`] : [],
  );
}

/** The host of a URL; any other text as it is. */
function hostOf(text: string): string {
  return /^https:\/\/([^/:]+)/.exec(text)?.[1] ?? text;
}

function isDocumentationAddress(text: string): boolean {
  const range = parseEntry(text);
  return range !== undefined && AddressSet.ofRanges(text, [range]).overlaps(SpecialAddresses.DOCUMENTATION);
}

function leaves(value: unknown, at: string): readonly { readonly at: string; readonly text: string }[] {
  if (typeof value === "string") return [{ at, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, `${at}[${index}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const path = /^\w+$/.test(key) ? `${at}${at === "" ? "" : "."}${key}` : `${at}[${shown(key)}]`;
    return [...leaves(key, path), ...leaves(item, path)];
  });
}
