import { Accept } from "../../policy/accept";
import type { Environment } from "../../policy/environment";
import { InvalidInput } from "../../errors/invalid-input";
import { Policy } from "../../policy/policy";
import { Webhook } from "../../policy/webhook";
import { Worker } from "../../policy/worker";
import { anEnvironment, aZone, ZONE_ID } from "../support/environments";
import { A_CADENCE, aRepository } from "../support/repositories";

const zone = (overrides: object) => ({ zone: { ...aZone(), ...overrides } });
const repository = (overrides: object) => ({ repositories: [{ ...aRepository(), ...overrides }] });
const pentest = (overrides: object) => repository({ pentest: { ...A_CADENCE, ...overrides } });
const egress = (address: string) => ({
  egress: { kind: "dedicated", set: "egs-c0ffee", addresses: [address] },
});

/** A mistake of somebody who writes an environment, and a part of the line that answers it. */
const MISTAKES: readonly (readonly [name: string, overrides: object, said: string])[] = [
  ["a misspelt key", { dataStores: [] }, "dataStores: got []; allowed: only the keys name, zone, hosts, webhooks"],
  ["a misspelt key, with the nearest", { dataStores: [] }, 'change: did you mean "datastores"?'],
  ["a key of something else", { colour: 1 }, "change: remove it or mend its name"],
  [
    "a vendor that isn't known",
    { workers: [Worker.render("srv-c0ffee1c0ffee1c0ffee", { reaches: ["OpenAI" as never] })] },
    'reaches[0]: got "OpenAI"; allowed: a vendor: ApiHosts.ANTHROPIC, ApiHosts.GOOGLE_GEMINI',
  ],
  ["a space at the end", zone({ name: "shop.dev " }), 'got "shop.dev ", with a space at its end; '],
  ["a space at the start", zone({ name: " shop.dev" }), "with a space at its start; "],
  ["the same, with what was meant", zone({ name: "shop.dev " }), 'change: did you mean "shop.dev"?'],
  ["a sign that can't be seen", zone({ id: `${ZONE_ID}\u200b` }), "with U+200B, which can't be seen; "],
  ["a full-width digit", zone({ id: `${ZONE_ID.slice(0, -1)}０` }), "with ０ (U+FF10), which isn't ASCII; "],
  [
    "the same digit, with what was meant",
    zone({ id: `${ZONE_ID.slice(0, -1)}０` }),
    `change: did you mean "${ZONE_ID}"?`,
  ],
  ["a Cyrillic letter", { hosts: { "аpp.shop.dev": {} } }, "with а (U+0430), which isn't ASCII; "],
  ["an id of 31 characters", zone({ id: ZONE_ID.slice(1) }), `got "${ZONE_ID.slice(1)}", with 31 characters; `],
  ["an id in upper case", zone({ id: ZONE_ID.toUpperCase() }), `did you mean "${ZONE_ID}"?`],
  ["an id with hyphens", zone({ id: ZONE_ID.replace(/^(.{8})/, "$1-") }), `did you mean "${ZONE_ID}"?`],
  ["a misspelt plan", zone({ plan: "enterprize" }), 'did you mean "enterprise"?'],
  ["a plan in another case", zone({ plan: "Free" }), 'did you mean "free"?'],
  ["a URL for a host", { hosts: { "https://app.shop.dev/": {} } }, 'did you mean "app.shop.dev"?'],
  [
    "the URL of a project for its reference",
    { datastores: [{ kind: "supabase", project: "https://abcdefghijklmnopqrst.supabase.co" }] },
    'did you mean "abcdefghijklmnopqrst"?',
  ],
  [
    "the URL of a service for its id",
    { workers: [Worker.render("https://dashboard.render.com/worker/srv-c0ffee1c0ffee", { reaches: [] })] },
    'did you mean "srv-c0ffee1c0ffee"?',
  ],
  ["a URL for a path", { webhooks: [Webhook.meta("https://app.shop.dev/hooks/Meta")] }, 'did you mean "/hooks/meta"?'],
  ["a statement in lower case", { accept: [Accept.declared("work-2" as never, "a reason of ours")] }, '"WORK-2"?'],
  ["an octet over 255", egress("8.8.8.256"), "allowed: four numbers of 0 to 255 in an IPv4 address"],
  ["a full-width address", egress("8.8.8.８"), 'change: write "8.8.8.8"'],
  ["a URL without a scheme", pentest({ publicApi: ["api.shop.dev"] }), 'did you mean "https://api.shop.dev"?'],
  [
    "a URL with another scheme",
    pentest({ dashboard: ["http://app.shop.dev"] }),
    'did you mean "https://app.shop.dev"?',
  ],
  ["a day with slashes", pentest({ adoptedOn: "2026/01/15" }), 'did you mean "2026-01-15"?'],
  ["a number as text", pentest({ cadenceDays: "365" }), "change: write it without quotes: 365"],
  ["a text as number", repository({ gate: { terraformApp: 123456 } }), 'change: write it as text: "123456"'],
  ["a flag as text", repository({ codeSecurity: "true" }), "change: write it without quotes: true"],
  [
    "one thing for a list",
    repository({ pentest: { ...A_CADENCE, publicApi: "https://a.dev" } }),
    'write a list: ["https://a.dev"]',
  ],
  ["a misspelt severity", repository({ snyk: { severity: "hihg" } }), 'did you mean "high"?'],
  ["a negative age", { edge: { hsts: { maxAge: -1 } } }, "allowed: whole seconds, 0 to 63072000"],
];

const messageOf = (environment: Environment): string => {
  try {
    Policy.across([environment]);
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
  return "";
};

test.each(MISTAKES)("%s is answered", (_, overrides, said) => {
  expect(messageOf({ ...anEnvironment(), ...overrides } as Environment)).toContain(said);
});

test("an environment that isn't exported is named by its place in the list", () => {
  expect(messageOf(undefined as never)).toContain("  - environments[0]: got nothing; allowed: an object with the keys");
});
