import type { Problem } from "../../errors/invalid-input";
import { EdgePhase } from "../../policy/edge-phase";
import { type Environment, policySchema } from "../../policy/environment";
import { ApiHosts } from "../../policy/api-hosts";
import { Policy } from "../../policy/policy";
import { EXISTING_ID, aGuest, anEnvironment, aZone } from "../support/environments";
import { problemsWith } from "../support/problems";
import { A_CADENCE, aRepository } from "../support/repositories";

const origin = { platform: "render", service: "srv-c0ffee0c0ffee0c0ffee", address: "shop.onrender.com" };
const sender = { name: "billing", addresses: ["8.8.8.0/24"] };
const dedicated = { kind: "dedicated", set: "egs-c0ffee", addresses: ["8.8.8.8"] };
const shared = { kind: "shared", addresses: ["8.8.8.0/24"], reason: "the region has no dedicated addresses yet" };
const allowList = { kind: "render-allow-list", addresses: ["8.8.8.0/24"], reason: "seen at a service nobody needs" };
const lockedOut = { kind: "supabase", project: "a".repeat(20), lockedOut: "nothing uses the database yet" };
const worker = { service: "srv-c0ffee1c0ffee1c0ffee", type: "background_worker", reaches: [] };
const rule = {
  phase: EdgePhase.CUSTOM,
  ref: "growth",
  description: "growth: slow down",
  expression: "ssl",
  action: "log",
};

const REASON = "long enough a reason";
const RESOURCE = {
  ...{ kind: "resource", stack: "shop", address: "cloudflare_dns_record.docs" },
  ...{ question: "target", digest: "0123456789abcdef", reason: REASON },
};

const manifest = (overrides: object) => ({ manifests: [{ packageManager: "uv", path: "uv.lock", ...overrides }] });
const pentest = (overrides: object) => ({ pentest: { ...A_CADENCE, ...overrides } });

/** The same for a repository. */
const BAD_REPOSITORY: readonly (readonly [field: string, overrides: object, at: string, allowed: RegExp])[] = [
  ["name", { name: "https://github.com/acme/api" }, "name", /owner\/name/],
  ["plan", { plan: "gold" }, "plan", /free, pro, team, enterprise/],
  ["visibility", { visibility: "secret" }, "visibility", /public, private or internal/],
  ["codeSecurity", { plan: "pro" }, "codeSecurity", /with the team and enterprise plans/],
  ["manifests", { manifests: [] }, "manifests", /one manifest or more/],
  ["manifests.packageManager", manifest({ packageManager: "conda" }), "manifests[0].packageManager", /pip, poetry, uv/],
  ["manifests.path", manifest({ path: "../uv.lock" }), "manifests[0].path", /relative to the root/],
  ["manifests.pythonVersion", manifest({ pythonVersion: "3" }), "manifests[0].pythonVersion", /3\.13/],
  ["manifests.passUnscannable", manifest({ passUnscannable: 1 }), "manifests[0].passUnscannable", /true or false/],
  ["defaultBranch", { defaultBranch: "release-*" }, "defaultBranch", /a branch name/],
  ["snyk", { snyk: "high" }, "snyk", /keys severity/],
  ["snyk.severity", { snyk: { severity: "severe" } }, "snyk.severity", /low, medium, high, critical/],
  ["snyk.blockWhenUnavailable", { snyk: { blockWhenUnavailable: 1 } }, "snyk.blockWhenUnavailable", /true or false/],
  ["snyk.monitor", { snyk: { monitor: "yes" } }, "snyk.monitor", /true or false/],
  ["snyk.organization", { snyk: { organization: '"\nEVIL: 1' } }, "snyk.organization", /id or slug/],
  ["snyk.tokenSecret", { snyk: { tokenSecret: "GITHUB_TOKEN" } }, "snyk.tokenSecret", /GITHUB_/],
  ["snyk.dependabotSecret", { snyk: { dependabotSecret: null } }, "snyk.dependabotSecret", /true or false/],
  ["snyk.writeToken", { snyk: { writeToken: "hunter2" } }, "snyk.writeToken", /true or false/],
  ["gate", { gate: 123456 }, "gate", /keys terraformApp, reviewedBy/],
  ["gate.terraformApp", { gate: { terraformApp: "terraform" } }, "gate.terraformApp", /id of a GitHub App/],
  ["gate.reviewedBy", { gate: { terraformApp: "1", reviewedBy: "@acme/Security" } }, "gate.reviewedBy", /slug/],
  ["pentest", { pentest: "yearly" }, "pentest", /keys adoptedOn/],
  ["pentest.adoptedOn", pentest({ adoptedOn: "2026-02-29" }), "pentest.adoptedOn", /calendar day/],
  ["pentest.publicApi", pentest({ publicApi: [] }), "pentest.publicApi", /one or more https URLs/],
  ["pentest.dashboard", pentest({ dashboard: ["app.shop.dev"] }), "pentest.dashboard[0]", /one or more https URLs/],
  ["pentest.accreditations", pentest({ accreditations: [" "] }), "pentest.accreditations[0]", /one or more names/],
  ["pentest.cadenceDays", pentest({ cadenceDays: 400 }), "pentest.cadenceDays", /at most 366/],
  ["pentest.reminderDays", pentest({ reminderDays: 365 }), "pentest.reminderDays", /less than cadenceDays/],
];

/** For each field: a bad value, and the error's words about it. */
const BAD: readonly (readonly [field: string, overrides: object, at: string, allowed: RegExp])[] = [
  ["name", { name: "Shop" }, "Shop.name", /1 to 20 lower-case letters/],
  ["zone", { zone: "shop.dev" }, "shop.zone", /Zone\.of/],
  ["zone.kind", { zone: { kind: "borrowed" } }, "shop.zone.kind", /Zone\.of/],
  ["zone.name", { zone: aZone({ name: "Shop.dev." }) }, "shop.zone.name", /host name in lower case/],
  ["zone.id", { zone: aZone({ id: "A1B2" }) }, "shop.zone.id", /32 hexadecimal digits/],
  ["zone.account", { zone: aZone({ account: "" }) }, "shop.zone.account", /32 hexadecimal digits/],
  ["zone.plan", { zone: { ...aZone(), plan: "gold" } }, "shop.zone.plan", /free, pro, business, enterprise/],
  ["zone.by", { zone: { kind: "carried", by: "" } }, "shop.zone.by", /lower-case/],
  ["hosts", { hosts: {} }, "shop.hosts", /at least one host/],
  [
    "hosts.platform",
    { hosts: { "a.shop.dev": { ...origin, platform: "heroku" } } },
    'shop.hosts["a.shop.dev"].platform',
    /Origin\.render/,
  ],
  [
    "hosts.service",
    { hosts: { "a.shop.dev": { ...origin, service: "web" } } },
    'shop.hosts["a.shop.dev"].service',
    /srv-/,
  ],
  [
    "hosts.address",
    { hosts: { "a.shop.dev": { ...origin, address: "shop.dev" } } },
    'shop.hosts["a.shop.dev"].address',
    /under onrender\.com/,
  ],
  ["webhooks", { webhooks: "/hook" }, "shop.webhooks", /list of webhooks/],
  ["webhooks.path", { webhooks: [{ path: "/", sender }] }, "shop.webhooks[0].path", /begins with \//],
  ["webhooks.sender", { webhooks: [{ path: "/hook", sender: "billing" }] }, "shop.webhooks[0].sender", /keys name/],
  [
    "webhooks.sender.name",
    { webhooks: [{ path: "/hook", sender: { ...sender, name: "Billing!" } }] },
    "shop.webhooks[0].sender.name",
    /1 to 25/,
  ],
  [
    "webhooks.sender.addresses",
    { webhooks: [{ path: "/hook", sender: { ...sender, addresses: [] } }] },
    "shop.webhooks[0].sender.addresses",
    /at least one/,
  ],
  ["edge", { edge: 1 }, "shop.edge", /object with the keys/],
  ["edge.addresses", { edge: { addresses: "dns" } }, "shop.edge.addresses", /inline or list/],
  ["edge.hsts", { edge: { hsts: true } }, "shop.edge.hsts", /keys maxAge/],
  ["edge.hsts.maxAge", { edge: { hsts: { maxAge: 1e9 } } }, "shop.edge.hsts.maxAge", /63072000/],
  [
    "edge.hsts.includeSubDomains",
    { edge: { hsts: { includeSubDomains: "yes" } } },
    "shop.edge.hsts.includeSubDomains",
    /true or false/,
  ],
  ["edge.hsts.preload", { edge: { hsts: { preload: true } } }, "shop.edge.hsts.preload", /together with/],
  ["edge.otherRules", { edge: { otherRules: {} } }, "shop.edge.otherRules", /list of rules/],
  [
    "edge.otherRules.phase",
    { edge: { otherRules: [{ ...rule, phase: "http_ratelimit" }] } },
    "shop.edge.otherRules[0].phase",
    /a phase that the edge owns/,
  ],
  [
    "edge.otherRules.ref",
    { edge: { otherRules: [{ ...rule, ref: "edge_mine" }] } },
    "shop.edge.otherRules[0].ref",
    /edge's own/,
  ],
  [
    "edge.otherRules.description",
    { edge: { otherRules: [{ ...rule, description: " " }] } },
    "shop.edge.otherRules[0].description",
    /whose it is/,
  ],
  [
    "edge.otherRules.expression",
    { edge: { otherRules: [{ ...rule, expression: "" }] } },
    "shop.edge.otherRules[0].expression",
    /Rules language/,
  ],
  [
    "edge.otherRules.action",
    { edge: { otherRules: [{ ...rule, action: "Block!" }] } },
    "shop.edge.otherRules[0].action",
    /ruleset action/,
  ],
  [
    "edge.otherRules.actionParameters",
    { edge: { otherRules: [{ ...rule, actionParameters: "x" }] } },
    "shop.edge.otherRules[0].actionParameters",
    /attribute names/,
  ],
  [
    "edge.otherRules.enabled",
    { edge: { otherRules: [{ ...rule, enabled: "no" }] } },
    "shop.edge.otherRules[0].enabled",
    /true or false/,
  ],
  ["edge.existing", { edge: { existing: [] } }, "shop.edge.existing", /keys rulesets, records/],
  [
    "edge.existing.rulesets",
    { edge: { existing: { rulesets: { http_ratelimit: { id: EXISTING_ID } } } } },
    "shop.edge.existing.rulesets.http_ratelimit",
    /only the keys/,
  ],
  ...Object.values(EdgePhase).map(
    (phase) =>
      [
        `edge.existing.rulesets.${phase}`,
        { edge: { existing: { rulesets: { [phase]: "x" } } } },
        `shop.edge.existing.rulesets.${phase}`,
        /keys id, name/,
      ] as const,
  ),
  ...Object.values(EdgePhase).flatMap((phase) => [
    [
      `edge.existing.rulesets.${phase}.id`,
      { edge: { existing: { rulesets: { [phase]: { id: "x" } } } } },
      `shop.edge.existing.rulesets.${phase}.id`,
      /32 hexadecimal/,
    ] as const,
    [
      `edge.existing.rulesets.${phase}.name`,
      { edge: { existing: { rulesets: { [phase]: { id: EXISTING_ID, name: "" } } } } },
      `shop.edge.existing.rulesets.${phase}.name`,
      /the ruleset's name/,
    ] as const,
  ]),
  [
    "edge.existing.records",
    { edge: { existing: { records: { "app.shop.dev": "x" } } } },
    'shop.edge.existing.records["app.shop.dev"]',
    /32 hexadecimal/,
  ],
  ["edge.leave", { edge: { leave: ["everything"] } }, "shop.edge.leave[0]", /a part of the edge/],
  ["ingress", { ingress: ["8.8.8.8"] }, "shop.ingress", /keys kind, addresses, reason/],
  ["ingress.kind", { ingress: { ...allowList, kind: "open" } }, "shop.ingress.kind", /WebIngress\.renderAllowList/],
  ["ingress.addresses", { ingress: { ...allowList, addresses: [] } }, "shop.ingress.addresses", /block every request/],
  ["ingress.reason", { ingress: { ...allowList, reason: "because" } }, "shop.ingress.reason", /the reason/],
  ["egress", { egress: ["8.8.8.8"] }, "shop.egress", /EgressAddresses\.dedicated/],
  ["egress.kind", { egress: { kind: "any" } }, "shop.egress.kind", /EgressAddresses\.shared/],
  ["egress.set", { egress: { ...dedicated, set: "set" } }, "shop.egress.set", /egs-/],
  ["egress.addresses", { egress: { ...dedicated, addresses: [] } }, "shop.egress.addresses", /at least one/],
  ["egress.reason", { egress: { ...shared, reason: "" } }, "shop.egress.reason", /the reason/],
  ["datastores", { datastores: {} }, "shop.datastores", /list of datastores/],
  ["datastores.kind", { datastores: [{ kind: "mysql" }] }, "shop.datastores[0].kind", /Datastore\.supabase/],
  [
    "datastores.project",
    { datastores: [{ ...lockedOut, project: "db" }] },
    "shop.datastores[0].project",
    /20 lower-case/,
  ],
  [
    "datastores.wideBlocks",
    { datastores: [{ ...lockedOut, wideBlocks: "yes" }] },
    "shop.datastores[0].wideBlocks",
    /the reason/,
  ],
  [
    "datastores.lockedOut",
    { datastores: [{ ...lockedOut, lockedOut: true }] },
    "shop.datastores[0].lockedOut",
    /the reason/,
  ],
  [
    "datastores.instance",
    { datastores: [{ kind: "render-key-value", instance: "redis" }] },
    "shop.datastores[0].instance",
    /red-/,
  ],
  ["workers", { workers: {} }, "shop.workers", /list of workers/],
  ["workers.service", { workers: [{ ...worker, service: "worker" }] }, "shop.workers[0].service", /srv-/],
  ["workers.type", { workers: [{ ...worker, type: "private_service" }] }, "shop.workers[0].type", /without inbound/],
  ["workers.reaches", { workers: [{ ...worker, reaches: "OpenAI" }] }, "shop.workers[0].reaches", /list of ApiHosts/],
  ...(
    [
      ["vendor", { vendor: "" }, /the vendor's name/],
      ["purpose", { purpose: "ads" }, /ai or payments/],
      ["hosts", { hosts: [] }, /at least one host/],
      ["source", { source: "their docs" }, /the https address/],
    ] as const
  ).map(
    ([field, overrides, allowed]) =>
      [
        `workers.reaches.${field}`,
        { workers: [{ ...worker, reaches: [{ ...ApiHosts.OPENAI, ...overrides }] }] },
        `shop.workers[0].reaches[0].${field}`,
        allowed,
      ] as const,
  ),
  ["workerEgress", { workerEgress: 1000 }, "shop.workerEgress", /keys precedence, source/],
  [
    "workerEgress.precedence",
    { workerEgress: { precedence: 1500, source: dedicated } },
    "shop.workerEgress.precedence",
    /multiple of 1000/,
  ],
  [
    "workerEgress.source",
    { workerEgress: { precedence: 1000, source: "egress" } },
    "shop.workerEgress.source",
    /WorkerEgress\.gateway/,
  ],
  [
    "workerEgress.source.kind",
    { workerEgress: { precedence: 1000, source: { kind: "all" } } },
    "shop.workerEgress.source.kind",
    /WorkerEgress\.gateway/,
  ],
  [
    "workerEgress.source.set",
    { workerEgress: { precedence: 1000, source: { ...dedicated, set: "" } } },
    "shop.workerEgress.source.set",
    /egs-/,
  ],
  [
    "workerEgress.source.addresses",
    { workerEgress: { precedence: 1000, source: { ...dedicated, addresses: ["8.8.8.8/33"] } } },
    "shop.workerEgress.source.addresses[0]",
    /./,
  ],
  ["repositories", { repositories: {} }, "shop.repositories", /list of repositories/],
  ["infrastructure", { infrastructure: "deploy" }, "shop.infrastructure", /owner\/name/],
  ...BAD_REPOSITORY.map(
    ([field, overrides, at, allowed]) =>
      [
        `repositories.${field}`,
        { repositories: [{ ...aRepository(), ...overrides }] },
        `shop.repositories[0].${at}`,
        allowed,
      ] as const,
  ),
  ["accept", { accept: {} }, "shop.accept", /Accept\.declared/],
  ["accept.kind", { accept: [{ kind: "any", reason: REASON }] }, "shop.accept[0].kind", /made by Accept\.declared/],
  [
    "accept.statement",
    { accept: [{ kind: "declared", statement: "PORTS-9", reason: REASON }] },
    "shop.accept[0].statement",
    /PORTS-1/,
  ],
  [
    "accept.reason",
    { accept: [{ kind: "declared", statement: "WEB-1", reason: "no" }] },
    "shop.accept[0].reason",
    /at least 10 characters/,
  ],
  ...["two\nlines of words", "a \u202e reason that turns", "a \u001b[31mred reason", "one\u2028and another"].map(
    (reason) =>
      [
        "accept.reason",
        { accept: [{ kind: "stack", stack: "other", reason }] },
        "shop.accept[0].reason",
        /one line of visible characters/,
      ] as const,
  ),
  ["accept.stack", { accept: [{ ...RESOURCE, stack: "a/b" }] }, "shop.accept[0].stack", /the name of a stack/],
  ...["cloudflare_dns_record.*", "cloudflare_dns_record", "a.b.c", "data.a.b", "a.b[0]", "a.b.rules[*]", "${x}"].map(
    (address) =>
      [
        "accept.address",
        { accept: [{ ...RESOURCE, address }] },
        "shop.accept[0].address",
        /address of one resource|literal/,
      ] as const,
  ),
  ...["program", "secret", "budget", "identity", "any", ""].map(
    (question) =>
      [
        "accept.question",
        { accept: [{ ...RESOURCE, question }] },
        "shop.accept[0].question",
        /a question: target/,
      ] as const,
  ),
  ["accept.digest", { accept: [{ ...RESOURCE, digest: "0" }] }, "shop.accept[0].digest", /16 hexadecimal digits/],
  [
    "accept.id",
    { accept: [{ kind: "thing", id: "the mail record", reason: REASON }] },
    "shop.accept[0].id",
    /as the inventory or lint prints it/,
  ],
];

const refused = (...environments: object[]): readonly Problem[] =>
  problemsWith(() => Policy.across(environments as Environment[]));

describe("an environment's file", () => {
  test.each(BAD)("fails with one clear error for a bad %s", (_field, overrides, at, allowed) => {
    const problems = refused({ ...anEnvironment(), ...overrides });
    expect(problems.map((problem) => problem.at)).toEqual([at]);
    expect(problems[0]?.allowed).toMatch(allowed);
  });

  test("has a bad value in the table above for every field of its schema", () => {
    const fields = fieldsOf(policySchema());
    expect(fields.length).toBeGreaterThan(30);
    expect(fields.filter((field) => !BAD.some(([bad]) => bad === field))).toEqual([]);
  });

  test("passes when every field is right", () => {
    expect(() => Policy.across([anEnvironment()])).not.toThrow();
  });

  test("fails once with every problem of every environment", () => {
    const problems = refused(
      { ...anEnvironment(), webhooks: [{ path: "/Hook", sender }], zoen: "x" },
      { ...aGuest("dev", "shop"), hosts: {} },
    );
    expect(problems.map(({ at }) => at)).toEqual(["shop.webhooks[0].path", "shop.zoen", "dev.hosts"]);
  });

  test("fails for a misspelled key with the keys that there are", () => {
    const [problem] = refused({ ...anEnvironment(), webhook: [] });
    expect(problem).toMatchObject({ at: "shop.webhook", change: 'did you mean "webhooks"?' });
    expect(problem?.allowed).toContain("webhooks");
  });

  test("fails for a reference where the policy needs the value at synth, and says why", () => {
    const [problem] = refused(anEnvironment({ hosts: { "${var.host}": origin as never } }));
    expect(problem?.allowed).toMatch(/a literal, not a reference: .* known at synth/);
  });

  test("passes a reference where only the apply needs the value", () => {
    const zone = aZone({ id: "${data.cloudflare_zone.shop.id}" });
    expect(() => Policy.across([anEnvironment({ zone })])).not.toThrow();
  });

  test("suggests the path that was probably meant", () => {
    const [problem] = refused(anEnvironment({ webhooks: [{ path: "/Webhooks//Meta/?x=1", sender }] }));
    expect(problem?.change).toBe('did you mean "/webhooks/meta"?');
  });

  test("suggests the host that was probably meant", () => {
    const [problem] = refused(anEnvironment({ hosts: { "https://App.shop.dev:443/": origin as never } }));
    expect(problem).toMatchObject({
      got: 'the key "https://App.shop.dev:443/"',
      change: 'did you mean "app.shop.dev"?',
    });
  });

  test.each([
    ["upper case", "/Hook"],
    ["an escape", "/a%2fb"],
    ["a quote", '/a"b'],
    ["a backslash", "/a\\b"],
    ["a wildcard", "/a*"],
    ["an empty segment", "/a//b"],
    ["no slash at the beginning", "hook"],
    ["nothing but a slash", "/"],
    ["a slash at the end", "/hook/"],
    ["a plus", "/a+b"],
    ["a question mark", "/a?b"],
    ["a fragment", "/a#b"],
    ["a space", "/a b"],
    ["a dot segment", "/a/./b"],
    ["a double dot segment", "/a/../b"],
    ["a dot segment at the end", "/a/.."],
    ["a control character", "/a\u0000b"],
    ["a line break at the end", "/a\n"],
    ["a non-ASCII character", "/é"],
    ["a semicolon", "/a;b"],
  ])("refuses a webhook path with %s", (_what, path) => {
    expect(refused(anEnvironment({ webhooks: [{ path, sender }] })).map(({ at }) => at)).toEqual([
      "shop.webhooks[0].path",
    ]);
  });

  test.each(["/hook", "/webhooks/meta", "/v1.0/hooks/a-b_c~d", "/.well-known/hook", "/a..b"])(
    "passes the webhook path %s",
    (path) => {
      expect(() => Policy.across([anEnvironment({ webhooks: [{ path, sender }] })])).not.toThrow();
    },
  );

  test("names every bad address of a sender, with what was probably meant", () => {
    const addresses = ["10.0.0.1/8", "8.8.8.0/24", "fe80::1%eth0"];
    const problems = refused(anEnvironment({ webhooks: [{ path: "/hook", sender: { name: "billing", addresses } }] }));
    expect(problems.map(({ at, change }) => [at, change])).toEqual([
      ["shop.webhooks[0].sender.addresses[0]", expect.stringContaining("10.0.0.0/8") as string],
      ["shop.webhooks[0].sender.addresses[2]", expect.stringContaining("fe80::1") as string],
    ]);
  });
});

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | false;
}

/** Every field of a schema by its path, entries of lists and maps without their index or key. */
function fieldsOf(schema: JsonSchema, path = ""): readonly string[] {
  const inside = [
    ...(schema.oneOf ?? []),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : []),
  ].flatMap((part) => fieldsOf(part, path));
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const at = path === "" ? key : `${path}.${key}`;
    return [at, ...fieldsOf(child, at)];
  });
  return [...new Set([...own, ...inside])];
}
