import { environments } from "../../../environments";
import { EXAMPLE_IDS } from "../../../policy/example-values";
import { STATEMENT_IDS, Strength } from "../../../policy/statements";
import { unknownAbout } from "../../../verification/statements/unknowns";
import type { Scene } from "../../../verification/statements/scene";
import {
  type Change,
  type JsonTree,
  pointerTo,
  proofScenes,
  replaceAt,
  sceneOf,
  stackOf,
} from "../../support/proof-scenes";
import { APPLIED_STATEMENTS, type AppliedStatement, inWords, judged } from "./applied-statements";

const { dev: id } = EXAMPLE_IDS;
const KEY_VALUE = "red-";
const DATABASE = id.project;
const SERVICE = `Ingress_${id.service}`;
const WORKER = id.worker;
const ADDRESSES = "EgressAddresses";

describe("the shipped environments", () => {
  const scenes = proofScenes(environments);

  test.each(APPLIED_STATEMENTS)("are proven to hold %s, asserted by appliers", (statement) => {
    const results = scenes.map((scene) => judged(statement, scene));
    expect(results).toEqual(
      scenes.map(() => expect.objectContaining({ verdict: "proven", strength: Strength.ASSERTED }) as unknown),
    );
  });
});

/**
 * The scene of dev after a change, without production's stack, which takes its time to read and bears on nothing here.
 */
const devWith = (change: Change): Scene =>
  sceneOf(environments, (folder) => {
    delete folder.stacks["production"];
    change(folder);
  });

/** A change, and the words that a result of dev then has. */
type Row = readonly [wrong: string, change: Change, statement: AppliedStatement, said: readonly string[]];

/** An applier's resource in dev. */
const at = (part: string, path: string, change: (value: unknown) => unknown): Change => {
  return (folder) => replaceAt(folder, "dev", `${pointerTo(folder, "dev", "null_resource", part)}${path}`, change);
};

const EXEC = "/provisioner/0/local-exec";
const set = (part: string, path: string, value: unknown): Change => at(part, path, () => value);
const removed = (part: string, path: string): Change => at(part, path, () => undefined);
const both =
  (...changes: readonly Change[]): Change =>
  (folder) =>
    changes.forEach((change) => change(folder));

/** The desired state of an applier, as the triggers and the program have it. */
const state = (part: string, members: Readonly<Record<string, unknown>>): Change => {
  const told = (value: unknown) => JSON.stringify({ ...(JSON.parse(String(value)) as JsonTree), ...members });
  return both(at(part, "/triggers/desired_state", told), at(part, `${EXEC}/environment/DESIRED_STATE`, told));
};

/** Another owner of the state that an applier holds. */
const secondOwner =
  (part: string, stack: string): Change =>
  (folder) => {
    const applier = at(part, "", (body) => {
      replaceAt(folder, stack, "/resource/null_resource/Second", () => structuredClone(body));
      return body;
    });
    applier(folder);
  };

const file =
  (path: string, change: (text: string) => string | undefined): Change =>
  (folder) => {
    const stack = stackOf(folder, "dev");
    const files = Object.entries(stack.files).map(([name, text]) => [name, name.endsWith(path) ? change(text) : text]);
    stack.files = Object.fromEntries(files.filter(([, text]) => text !== undefined)) as Record<string, string>;
  };

const block = (cidrBlock: string) => ({ cidrBlock, description: "opened" });

const ROWS: readonly Row[] = [
  // The program that is run.
  ["another command", set(KEY_VALUE, `${EXEC}/command`, "true"), "PORTS-4", ["undecided", "/local-exec/command]"]],
  ["another interpreter", set(KEY_VALUE, `${EXEC}/interpreter`, ["/bin/sh", "-c"]), "PORTS-4", ["/interpreter]"]],
  ["no interpreter", removed(KEY_VALUE, `${EXEC}/interpreter`), "PORTS-4", ["undecided", '"interpreter" is missing']],
  [
    "one more variable",
    set(KEY_VALUE, `${EXEC}/environment/RENDER_HOST`, "http://127.0.0.1"),
    "PORTS-4",
    ["undecided", "/environment/RENDER_HOST]"],
  ],
  [
    "a credential",
    set(DATABASE, `${EXEC}/environment/SUPABASE_ACCESS_TOKEN`, "${var.token}"),
    "DB-1",
    ["undecided", "/environment/SUPABASE_ACCESS_TOKEN]"],
  ],
  ["a run at the end only", set(KEY_VALUE, `${EXEC}/when`, "destroy"), "PORTS-4", ["undecided", "/local-exec/when]"]],
  ["an ignored failure", set(DATABASE, `${EXEC}/on_failure`, "continue"), "PORTS-3", ["undecided", "/on_failure]"]],
  ["another folder", set(DATABASE, `${EXEC}/working_dir`, "/tmp"), "DB-1", ["undecided", "/working_dir]"]],
  ["a quiet run", set(WORKER, `${EXEC}/quiet`, true), "WORK-1", ["undecided", "/quiet]"]],
  ["a connection", set(WORKER, "/connection", { host: "192.0.2.1" }), "WORK-1", ["undecided", "/connection]"]],
  [
    "a second provisioner",
    at(WORKER, "/provisioner", (list) => [...(list as unknown[]), { "local-exec": { command: "true" } }]),
    "WORK-1",
    ["undecided", "/provisioner]"],
  ],
  ["no provisioner", removed(KEY_VALUE, "/provisioner"), "PORTS-4", ["violated: 0.0.0.0/0 may reach red-", ":6379"]],
  ["no provisioner", removed(DATABASE, "/provisioner"), "PORTS-3", [`violated: 0.0.0.0/0 may reach ${DATABASE}:5432`]],
  [
    "no provisioner",
    removed(SERVICE, "/provisioner"),
    "WEB-1",
    ["violated: curl", "https://example-dev.onrender.com/"],
  ],
  ["no provisioner", removed(WORKER, "/provisioner"), "WORK-1", [`violated: ${WORKER} may be of a type`]],
  ["no provisioner", removed(ADDRESSES, "/provisioner"), "DB-1", ["violated: 203.0.113.40", "nothing checks"]],
  [
    "a program of another kind",
    at(KEY_VALUE, `${EXEC}/environment/APPLIER`, (path) => String(path).replace("key-value", "web-service")),
    "PORTS-4",
    ["undecided", "/environment/APPLIER]"],
  ],
  [
    "a program from elsewhere",
    set(KEY_VALUE, `${EXEC}/environment/APPLIER`, "assets/../../render-key-value-allow-list.mjs"),
    "PORTS-4",
    ["undecided", "/environment/APPLIER]"],
  ],
  [
    "a hash that nobody knows",
    set(KEY_VALUE, "/triggers/program", "0".repeat(64)),
    "PORTS-4",
    ["undecided", "0".repeat(64), "/triggers/program]"],
  ],
  [
    "another file of the program",
    file("shared/run.mjs", (text) => `${text}\n`),
    "WORK-1",
    ["isn't program", "APPLIER]"],
  ],
  ["a missing file of the program", file("platforms/render.mjs", () => undefined), "WEB-1", ["lacks platforms/render"]],
  // The state that it is told.
  [
    "a desired state that is no trigger",
    removed(KEY_VALUE, "/triggers/desired_state"),
    "PORTS-4",
    ["undecided", '"desired_state" is missing', "/triggers]"],
  ],
  [
    "a desired state that only the program is told",
    set(KEY_VALUE, `${EXEC}/environment/DESIRED_STATE`, "{}"),
    "PORTS-4",
    ["undecided", "/triggers]"],
  ],
  ["one more trigger", set(KEY_VALUE, "/triggers/at", "${timestamp()}"), "PORTS-4", ["undecided", "/triggers/at]"]],
  ["another target", set(KEY_VALUE, "/triggers/target", "red-other"), "PORTS-4", ["undecided", "another target"]],
  ["an unknown state", state(KEY_VALUE, { maxmemory: "all" }), "PORTS-4", ["undecided", 'unexpected "maxmemory"']],
  [
    "a state that a variable decides",
    both(
      set(KEY_VALUE, "/triggers/desired_state", "${var.state}"),
      set(KEY_VALUE, `${EXEC}/environment/DESIRED_STATE`, "${var.state}"),
    ),
    "PORTS-4",
    ["undecided", "/triggers/desired_state]"],
  ],
  ["a count", set(DATABASE, "/count", 0), "PORTS-3", ["undecided", "/count]"]],
  ["changes left to others", set(DATABASE, "/lifecycle", { ignore_changes: "all" }), "DB-1", ["/ignore_changes]"]],
  // Who else there is.
  ["a second owner", secondOwner(KEY_VALUE, "dev"), "PORTS-4", ["undecided", "two resources set", "/Second]"]],
  [
    "a second owner elsewhere",
    secondOwner(KEY_VALUE, "staging"),
    "PORTS-4",
    ["two resources set", "[staging/resource"],
  ],
  ["a second owner elsewhere", secondOwner(DATABASE, "staging"), "DB-1", ["two resources set", "[staging/resource"]],
  ["a second owner elsewhere", secondOwner(SERVICE, "staging"), "WEB-1", ["undecided", "two resources set"]],
  ["a second owner", secondOwner(WORKER, "dev"), "WORK-1", ["undecided", "two resources set"]],
  [
    "a resource of another type that runs something",
    (folder) => {
      const body = { provisioner: [{ "local-exec": { command: "true" } }] };
      replaceAt(folder, "staging", "/resource/terraform_data", () => ({ Other: body }));
    },
    "PORTS-4",
    ["undecided", "[staging/resource/terraform_data/Other/provisioner]"],
  ],
  [
    "data that a program gives",
    (folder) => replaceAt(folder, "dev", "/data", () => ({ external: { Other: { program: ["true"] } } })),
    "WORK-1",
    ["undecided", "[dev/data/external/Other]"],
  ],
  // Who is admitted.
  [
    "a database's list that is one bit wider",
    state(DATABASE, { dbAllowedCidrs: ["203.0.113.40/31", "203.0.113.42/31"] }),
    "PORTS-3",
    ["violated: 203.0.113.43:5432 reaches", "/triggers/desired_state]"],
  ],
  [
    "a database's list that is one bit wider",
    state(DATABASE, { dbAllowedCidrs: ["203.0.113.40/31", "203.0.113.42/31"] }),
    "DB-1",
    ["violated: 203.0.113.43:5432 reaches"],
  ],
  [
    "a database that everybody reaches",
    state(DATABASE, { dbAllowedCidrs: ["0.0.0.0/0"], dbAllowedCidrsV6: ["::/0"] }),
    "PORTS-3",
    ["violated: 192.0.2.1:5432, [2001:db8::1]:5432 reaches"],
  ],
  [
    "a database's list without an address",
    state(DATABASE, { dbAllowedCidrs: ["203.0.113.40/31"] }),
    "DB-1",
    ["violated: 203.0.113.42:5432 is the backend's, and can't reach"],
  ],
  [
    "an empty list of a database",
    state(DATABASE, { dbAllowedCidrs: [] }),
    "DB-1",
    ["violated: 203.0.113.40:5432 is the backend's"],
  ],
  ["an entry that is no block", state(DATABASE, { dbAllowedCidrs: ["203.0.113.41/24"] }), "DB-1", ["undecided"]],
  [
    "an open Key Value instance",
    state(KEY_VALUE, { ipAllowList: [block("203.0.113.12/30")] }),
    "PORTS-4",
    ["violated: 203.0.113.12:6379 reaches", "empty the list"],
  ],
  [
    "a Key Value instance that everybody reaches",
    state(KEY_VALUE, { ipAllowList: [block("0.0.0.0/0")] }),
    "PORTS-4",
    ["violated: 192.0.2.1:6379 reaches"],
  ],
  // Whose addresses they are.
  [
    "a database that admits addresses before they are checked",
    set(DATABASE, "/depends_on", []),
    "DB-1",
    ["violated: 203.0.113.40", "may be checked later", `${DATABASE}`],
  ],
  [
    "a set of other addresses",
    state(ADDRESSES, { ips: ["203.0.113.40", "203.0.113.41", "203.0.113.43"] }),
    "DB-1",
    ["violated: 203.0.113.43, 203.0.113.42 differs: "],
  ],
  // The names of web services.
  [
    "the name left on",
    state(SERVICE, { renderSubdomainPolicy: "enabled" }),
    "WEB-1",
    ["violated: curl", "onrender.com/"],
  ],
  [
    "a host that is no custom domain",
    state(SERVICE, { customDomains: ["www.example.org"] }),
    "WEB-1",
    ["violated: curl", "https://www.example.org/", "no host of the environment"],
  ],
  [
    "no custom domain",
    state(SERVICE, { customDomains: [] }),
    "WEB-1",
    ["violated: curl", "https://app.example.org/", "isn't served"],
  ],
  [
    "the name off before the record",
    removed(SERVICE, "/depends_on"),
    "WEB-1",
    ["violated: app.example.org may have no record yet"],
  ],
  [
    "no record",
    (folder) => replaceAt(folder, "dev", "/resource/cloudflare_dns_record", () => undefined),
    "WEB-1",
    ["violated: app.example.org has no record"],
  ],
  // The types of workers.
  ["another type", state(WORKER, { type: "cron_job" }), "WORK-1", [`violated: ${WORKER}`, '"cron_job"']],
  [
    "a second owner whose target hides in a directive",
    (folder) => {
      secondOwner(KEY_VALUE, "dev")(folder);
      for (const path of ["/triggers/target", "/triggers/desired_state", `${EXEC}/environment/DESIRED_STATE`])
        replaceAt(folder, "dev", `/resource/null_resource/Second${path}`, (text) =>
          String(text).replaceAll(id.keyValue, `%{ if true }${id.keyValue}%{ endif }`),
        );
    },
    "PORTS-4",
    ["undecided", "only the apply knows whether", "/resource/null_resource/Second"],
  ],
  [
    "a type with inbound",
    state(WORKER, { type: "private_service" }),
    "WORK-1",
    ["violated: srv-", '"private_service"'],
  ],
];

describe("an output folder with", () => {
  test.each(ROWS)("%s", (_, change, statement, said) => {
    const words = inWords(judged(statement, devWith(change)));
    for (const part of said) expect(words).toContain(part);
    expect(words).toMatch(/^(?:violated|undecided): /);
  });
});

/** Changes that change no verdict. */
const HARMLESS: readonly (readonly [string, Change])[] = [
  ["no construct paths", removed(KEY_VALUE, "/~1~1")],
  ["one more dependency", set(KEY_VALUE, "/depends_on", ["cloudflare_ruleset.Other"])],
  ["a precondition", set(KEY_VALUE, "/lifecycle", { precondition: [{ condition: "${true}", error_message: "no" }] })],
  ["a resource that is applied again after another", set(KEY_VALUE, "/lifecycle", { replace_triggered_by: ["a.b"] })],
  ["a resource without a program", (folder) => replaceAt(folder, "dev", "/resource/null_resource/Other", () => ({}))],
  ["an empty list of provisioners", set("ExampleValues", "/provisioner", [])],
  ["a list in another order", state(DATABASE, { dbAllowedCidrs: ["203.0.113.42/32", "203.0.113.40/31"] })],
  ["a second check of the addresses", secondOwner(ADDRESSES, "staging")],
  [
    "an applier of something else",
    (folder) => {
      secondOwner(KEY_VALUE, "dev")(folder);
      for (const path of ["/triggers/target", "/triggers/desired_state", `${EXEC}/environment/DESIRED_STATE`])
        replaceAt(folder, "dev", `/resource/null_resource/Second${path}`, (text) =>
          String(text).replaceAll(id.keyValue, "red-somethingelse"),
        );
    },
  ],
];

describe("an output folder stays proven with", () => {
  test.each(HARMLESS)("%s", (_, change) => {
    const dev = devWith(change);
    const kinds = APPLIED_STATEMENTS.map((statement) => judged(statement, dev).verdict);
    expect(kinds).toEqual(APPLIED_STATEMENTS.map(() => "proven"));
  });
});

test.each([
  ["another command", set(KEY_VALUE, `${EXEC}/command`, "true")],
  ["another folder", set(KEY_VALUE, `${EXEC}/working_dir`, "/tmp")],
  ["one more variable", set(KEY_VALUE, `${EXEC}/environment/NODE_OPTIONS`, "--require ./other.cjs")],
  ["a hash that nobody knows", set(KEY_VALUE, "/triggers/program", "0".repeat(64))],
  ["a kind that nobody knows", set(KEY_VALUE, "/triggers/kind", "render-something")],
])("%s leaves every statement undecided, also those without appliers", (_what, change) => {
  const dev = devWith(change);
  expect(STATEMENT_IDS.filter((id) => unknownAbout(id, dev).length === 0)).toEqual([]);
});

test.each([
  ["an ignored failure", set(KEY_VALUE, `${EXEC}/on_failure`, "continue")],
  ["a quiet run", set(KEY_VALUE, `${EXEC}/quiet`, true)],
  ["a run at the end only", set(KEY_VALUE, `${EXEC}/when`, "destroy")],
])("%s of a known program leaves the statements about other kinds alone", (_what, change) => {
  const dev = devWith(change);
  const kinds = APPLIED_STATEMENTS.map((statement) => judged(statement, dev).verdict);
  expect(kinds).toEqual(APPLIED_STATEMENTS.map((statement) => (statement === "PORTS-4" ? "undecided" : "proven")));
  expect(STATEMENT_IDS.flatMap((id) => unknownAbout(id, dev))).toEqual([]);
});

test("an unknown program in one stack leaves every statement of every environment undecided", () => {
  const scenes = proofScenes(environments, set(KEY_VALUE, `${EXEC}/command`, "true"));
  const kinds = scenes.flatMap((scene) => APPLIED_STATEMENTS.map((statement) => judged(statement, scene).verdict));
  expect(new Set(kinds)).toEqual(new Set(["undecided"]));
});

test("what a known program is told leaves the statements about other kinds alone", () => {
  const dev = devWith(set(KEY_VALUE, "/triggers/at", "1"));
  const kinds = APPLIED_STATEMENTS.map((statement) => judged(statement, dev).verdict);
  expect(kinds).toEqual(APPLIED_STATEMENTS.map((statement) => (statement === "PORTS-4" ? "undecided" : "proven")));
});
