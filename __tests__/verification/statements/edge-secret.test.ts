import type { Environment } from "../../../policy/environment";
import { aGuest, anEnvironment, ZONE_ID } from "../../support/environments";
import {
  adding,
  all,
  bodyOf,
  giving,
  HOST,
  recordOf,
  rulesOf,
  secretRule,
  type Shop,
  type ShopChange,
  shopScene,
  shopScenes,
  type Tree,
} from "../../support/shop";
import { staysSecret } from "../../../verification/statements/secret-flow";
import { ALL_PROVEN, inWords, judged, verdicts } from "./edge-statements";
import { sample } from "../../support/sample";

const HEADER = "X-Edge-Secret";
const VALUE = "${var.edge_secret_shop}";

/** Puts another header operation into the place of the secret's. */
function headers(value: Tree, others: Tree = {}): ShopChange {
  return (shop) => {
    const [rule] = rulesOf(shop, "late");
    (rule as Tree)["action_parameters"] = { headers: value, ...others };
  };
}

const setting = (value: unknown, name = HEADER) => headers({ [name]: { operation: "set", value } });

/** Changes the variable of the secret. */
function variable(declaration: unknown): ShopChange {
  return (shop) => {
    shop.json["variable"] = { edge_secret_shop: declaration };
  };
}

const added = (...rules: readonly Tree[]): ShopChange => {
  return (shop) => void rulesOf(shop, "late").push(...rules.map((rule) => ({ enabled: true, ...rule })));
};

const first = (...rules: readonly Tree[]): ShopChange => {
  return (shop) => void rulesOf(shop, "late").unshift(...rules.map((rule) => ({ enabled: true, ...rule })));
};

const rewrite = (ref: string, expression: string, operations: Tree): Tree => ({
  ...{ ref, expression, action: "rewrite" },
  action_parameters: { headers: operations },
});

/** Adds a ruleset of URL rewrites, which run before the guard. */
const early = (parameters: unknown): ShopChange =>
  adding("cloudflare_ruleset", {
    ...{ zone_id: ZONE_ID, kind: "zone", name: "x", phase: "http_request_transform" },
    rules: [{ ref: "early", expression: "true", action: "rewrite", action_parameters: parameters }],
  });

/** Makes the record wait for the added resource too, since this test doesn't ask about order. */
const waiting: ShopChange = (shop) =>
  void (bodyOf(shop, "cloudflare_dns_record.app")["depends_on"] as string[]).push("cloudflare_ruleset.added");

const condition = (expression: string): ShopChange => {
  return (shop) => void ((rulesOf(shop, "late")[0] as Tree)["expression"] = expression);
};

const onlyWeb = (kind: string) => ({ ...ALL_PROVEN, "WEB-1": kind });

describe("the secret", () => {
  test("is named by the variable that it comes from", () => {
    expect(inWords(judged("WEB-1"))).toContain("the secret comes from TF_VAR_edge_secret_shop");
  });

  test("is assumed to be long where no apply checks that", () => {
    const assumed = "as long as nobody guesses TF_VAR_edge_secret_shop, whose length no apply checks";
    const asking = (condition: string): ShopChange =>
      giving("cloudflare_ruleset.late", { lifecycle: { precondition: [{ condition, error_message: "x" }] } });
    const long = '${can(regex("^[!-~]{32,}$", var.edge_secret_shop))}';
    expect(inWords(judged("WEB-1"))).toContain(assumed);
    expect(inWords(judged("WEB-1", asking(long)))).not.toContain(assumed);
    for (const condition of [long.replace("32", "8"), long.replace("edge_secret_shop", "other"), "${true}"])
      expect(inWords(judged("WEB-1", asking(condition)))).toContain(assumed);
  });

  test.each<[string, ShopChange]>(
    sample<[string, ShopChange]>(
      [
        ["is written down", setting("hunter2hunter2hunter2hunter2hunter2")],
        ["is empty", setting("")],
        ["is a variable that isn't sensitive", variable({ type: "string" })],
        ["is sensitive by a word alone", variable({ type: "string", sensitive: "true" })],
        ["has a default", variable({ type: "string", sensitive: true, default: "x" })],
        ["has an empty default", variable({ type: "string", sensitive: true, default: null })],
        ["is a variable that isn't declared", setting("${var.other}")],
        ["is a variable named like what every object has", setting("${var.constructor}")],
        ["is a part of a variable", setting("${var.edge_secret_shop.part}")],
        ["is made from a variable", setting("x${var.edge_secret_shop}")],
        ["is what a resource computes", setting("${null_resource.secret.id}")],
        [
          "is a local that is written down",
          all((shop) => void (shop.json["locals"] = { s: "x" }), setting("${local.s}")),
        ],
      ],
      3,
    ),
  )("that %s violates WEB-1 alone", (_what, change) => {
    expect(verdicts(change)).toEqual(onlyWeb("violated"));
  });

  test("that a resource makes at random violates WEB-1, and nothing is known of who learns it", () => {
    const made = setting("${random_password.secret.result}");
    expect(verdicts(made)).toMatchObject({ "WEB-1": "violated", "HOOK-1": "undecided" });
    expect(inWords(judged("HOOK-1", made))).toMatch(/whoever sees cloudflare_ruleset\.late learns it/);
  });

  test("that is the text of a reference is said to be that", () => {
    const result = judged("WEB-1", setting(`$${VALUE}`));
    expect(result.verdict).toBe("violated");
    expect(inWords(result)).toContain(`the text ${VALUE} itself is sent as ${HEADER}: "$\${" is Terraform's escape`);
  });

  test("that a resource makes at random violates WEB-1, and nothing is known of who learns it", () => {
    const made = setting("${random_password.secret.result}");
    expect(verdicts(made)).toMatchObject({ "WEB-1": "violated", "HOOK-1": "undecided" });
    expect(inWords(judged("HOOK-1", made))).toMatch(/whoever sees cloudflare_ruleset\.late learns it/);
  });

  test("that is the text of a reference beside one that is none is seen", () => {
    const change = all(
      headers({
        [HEADER]: { operation: "set", value: `$${VALUE}` },
        "X-Other": { operation: "set", value: "${var.x}" },
      }),
    );
    expect(judged("WEB-1", change).verdict).toBe("violated");
  });

  test("is known through a local", () => {
    const change = all((shop) => void (shop.json["locals"] = { s: VALUE }), setting("${local.s}"));
    expect(verdicts(change)).toEqual(ALL_PROVEN);
  });

  test("never stands in what is said of it", () => {
    const written = "hunter2hunter2hunter2hunter2hunter2";
    expect(inWords(judged("WEB-1", setting(written)))).not.toContain(written);
  });
});

describe("WEB-1 is violated where", () => {
  test.each<[string, ShopChange, string]>(
    sample<[string, ShopChange, string]>(
      [
        [
          "no rule gives the secret",
          (shop) => void rulesOf(shop, "late").splice(0),
          "passes without the environment's",
        ],
        [
          "the rule is disabled",
          (shop) => void ((rulesOf(shop, "late")[0] as Tree)["enabled"] = false),
          "passes without",
        ],
        ["the header has another name", setting(VALUE, "X-Edge-Secrets"), "passes without"],
        ["the header is removed", headers({ [HEADER]: { operation: "remove" } }), "passes without"],
        [
          "the header is added beside the client's",
          headers({ [HEADER]: { operation: "add", value: VALUE } }),
          "passes without",
        ],
        [
          "the value is an expression",
          headers({ [HEADER]: { operation: "set", expression: "http.host" } }),
          "passes without",
        ],
        ["the condition is another host", condition('http.host eq "other.shop.dev"'), "passes without"],
        [
          "the condition is never true",
          condition("ip.src in {192.0.2.1} and not ip.src in {192.0.2.0/24}"),
          "passes without",
        ],
        [
          "the condition is one method's",
          condition(`lower(http.host) eq "${HOST}" and http.request.method eq "GET"`),
          "passes without",
        ],
        [
          "the condition is one path's",
          condition(`lower(http.host) eq "${HOST}" and starts_with(http.request.uri.path, "/a")`),
          "passes without",
        ],
        ["the condition is one case's", condition(`http.host eq "${HOST}"`), "passes without"],
        [
          "the condition leaves an address out",
          condition(`lower(http.host) eq "${HOST}" and ip.src ne 192.0.2.1`),
          "passes without",
        ],
        [
          "a later rule sets another value",
          added(rewrite("later", "true", { [HEADER]: { operation: "set", value: "x" } })),
          "has its X-Edge-Secret changed",
        ],
        [
          "a later rule sets another variable",
          added(rewrite("later", "true", { [HEADER]: { operation: "set", value: "${var.x}" } })),
          "has its X-Edge-Secret changed",
        ],
        [
          "a later rule removes it",
          added(rewrite("later", "true", { "x-edge-secret": { operation: "remove" } })),
          "has its X-Edge-Secret changed",
        ],
        [
          "an earlier rule sets another value",
          first(rewrite("earlier", "true", { [HEADER]: { operation: "set", value: "x" } })),
          "",
        ],
        [
          "a rule removes it for one path",
          added(rewrite("later", 'http.request.uri.path eq "/x"', { [HEADER]: { operation: "remove" } })),
          "has its X-Edge-Secret changed",
        ],
        ["every host gets it", condition("true"), "so another origin learns it"],
        [
          "another host gets it",
          condition(`lower(http.host) in {"${HOST}" "other.shop.dev"}`),
          "so another origin learns it",
        ],
        [
          "every subdomain gets it",
          condition('ends_with(lower(http.host), ".shop.dev")'),
          "so another origin learns it",
        ],
        [
          "another rule gives it to another host",
          added({ ...secretRule("shop", "other.shop.dev"), ref: "second" }),
          "so another origin learns it",
        ],
      ],
      3,
    ),
  )("%s", (_what, change, what) => {
    const result = judged("WEB-1", change);
    expect(result.verdict).toBe("violated");
    expect(inWords(result)).toContain(what);
  });
});

describe("behind a rewrite of the path", () => {
  const rewritten = (path: Tree, ...changes: readonly ShopChange[]) =>
    judged("WEB-1", all(...changes, early({ uri: { path } }), waiting)).verdict;
  const given = (suffix: string) => condition(`lower(http.host) eq "${HOST}" ${suffix}`);
  const unlessDoubled = given('and not http.request.uri.path contains "//"');
  const orDoubled = given('or http.request.uri.path contains "//"');

  test.each<[string, Tree, string]>([
    ["a constant", { value: "//x" }, "violated"],
    ["a constant that it doesn't ask for", { value: "/x" }, "proven"],
    ["what depends on the request", { expression: 'concat("//", http.request.uri.path)' }, "undecided"],
  ])("the secret's rule is asked about %s", (_what, path, kind) => {
    expect([rewritten(path, unlessDoubled), rewritten(path, orDoubled)]).toEqual([kind, kind]);
  });

  test("a rule that asks for no URL gives the secret as before", () => {
    expect(rewritten({ expression: 'concat("//", http.request.uri.path)' })).toBe("proven");
  });
});

describe("WEB-1 is undecided where", () => {
  test.each<[string, ShopChange]>(
    sample<[string, ShopChange]>(
      [
        ["only the apply knows the rule's condition", condition("${var.condition}")],
        ["the rule's condition isn't understood", condition('ip.src.unknown_field eq "x"')],
        ["the rule may be disabled", (shop) => void ((rulesOf(shop, "late")[0] as Tree)["enabled"] = "${var.enabled}")],
        [
          "a later rule may remove it",
          added(rewrite("later", "${var.condition}", { [HEADER]: { operation: "remove" } })),
        ],
        [
          "a rule before it isn't understood and may set it",
          first(rewrite("first", "unknown.field eq 1", { [HEADER]: { operation: "set", value: "x" } })),
        ],
        [
          "the rules are known to the apply alone",
          (shop) => void (bodyOf(shop, "cloudflare_ruleset.late")["rules"] = "${var.rules}"),
        ],
        [
          "only the apply knows what another rule rewrites",
          added({ ref: "others", expression: "true", action: "rewrite", action_parameters: "${var.parameters}" }),
        ],
        [
          "a function says what another rule rewrites",
          added({ ...rewrite("others", "true", {}), action_parameters: '${jsondecode("{}")}' }),
        ],
        [
          "a rule of unknown parameters may give it to another host",
          added({ ...rewrite("others", 'http.host eq "x.shop.dev"', {}), action_parameters: "${merge({}, var.p)}" }),
        ],
        [
          "only the apply knows which headers another rule changes",
          added({ ...rewrite("others", "true", {}), action_parameters: { headers: "${var.headers}" } }),
        ],
        ["a rule of the rewrites removes it", early({ headers: { [HEADER]: { operation: "remove" } } })],
        ["only the apply knows what a rule of the rewrites does", early("${var.parameters}")],
        [
          "the phase has a second ruleset",
          adding("cloudflare_ruleset", {
            zone_id: ZONE_ID,
            kind: "zone",
            name: "x",
            phase: "http_request_late_transform",
            rules: [],
          }),
        ],
      ],
      3,
    ),
  )("%s", (_what, change) => {
    expect(judged("WEB-1", all(change, waiting)).verdict).toBe("undecided");
  });

  test("and is violated where a rule of the rewrites writes it, as anywhere but in the header that the origin sees", () => {
    const change = early({ headers: { [HEADER]: { operation: "set", value: VALUE } } });
    expect(judged("WEB-1", all(change, waiting)).verdict).toBe("violated");
  });
});

describe("WEB-1 stays proven where", () => {
  test.each<[string, ShopChange]>(
    sample<[string, ShopChange]>(
      [
        ["the header's name is spelled otherwise", setting(VALUE, "x-edge-secret")],
        [
          "the rule sets another header too",
          headers({ [HEADER]: { operation: "set", value: VALUE }, "X-A": { operation: "set", value: "a" } }),
        ],
        [
          "another rule sets another header",
          added(rewrite("other", "true", { "X-Other": { operation: "set", value: "x" } })),
        ],
        [
          "another rule computes another header",
          first(rewrite("other", "true", { "X-Other": { operation: "set", expression: "http.host" } })),
        ],
        [
          "another rule of unknown condition sets another header",
          first(rewrite("other", "${var.when}", { "X-Other": { operation: "remove" } })),
        ],
        [
          "another rule gives another host something else",
          added(rewrite("other", 'http.host eq "x.shop.dev"', { [HEADER]: { operation: "set", value: "x" } })),
        ],
        [
          "a rule of the rewrites changes another header",
          all(early({ headers: { "X-Other": { operation: "set", value: "${var.x}" } } }), waiting),
        ],
        [
          "a disabled rule would remove it",
          added({ ...rewrite("other", "true", { [HEADER]: { operation: "remove" } }), enabled: false }),
        ],
        ["the rule is written twice", added({ ...secretRule("shop", HOST), ref: "second" })],
      ],
      3,
    ),
  )("%s", (_what, change) => {
    expect(verdicts(change)).toEqual(ALL_PROVEN);
  });
});

const text = (content: string): ShopChange =>
  adding("cloudflare_dns_record", { zone_id: ZONE_ID, name: "_x", type: "TXT", content, ttl: 1 });
const output = (value: unknown): ShopChange => {
  return (shop) => void (shop.json["output"] = { x: { value } });
};
const local = (value: unknown): ShopChange => {
  return (shop) => void (shop.json["locals"] = { s: value, t: { u: "${local.s}" } });
};
const rules = (phase: string, action: string, parameters: unknown): ShopChange =>
  adding("cloudflare_ruleset", {
    ...{ zone_id: ZONE_ID, kind: "zone", name: "x", phase },
    rules: [{ ref: "added", action, expression: "true", action_parameters: parameters }],
  });
const logged = (parameters: unknown) => rules("http_log_custom_fields", "log_custom_field", parameters);
const answered = (operation: Tree) =>
  rules("http_response_headers_transform", "rewrite", { headers: { "X-Debug": operation } });

describe("the secret that is given to more than its header", () => {
  const RECORD = "/resource/cloudflare_dns_record/added/content";

  test.each<[string, ShopChange, string]>([
    ["a record", text(VALUE), RECORD],
    ["a part of a record", text(`x=${VALUE}`), RECORD],
    ["a record by a function", text("${base64encode(var.edge_secret_shop)}"), RECORD],
    ["a record in a directive", text("%{ if true }${var.edge_secret_shop}%{ endif }"), RECORD],
    ["a record in other signs", text("${var /* x */ . edge_secret_shop}"), RECORD],
    ["a record by a local", all(local(VALUE), text("${local.s}")), RECORD],
    ["a record by a local of a local", all(local(VALUE), text("${local.t.u}")), RECORD],
    ["a record by the rule", text("${cloudflare_ruleset.late.rules[0].action_parameters.headers}"), RECORD],
    ["a record by the whole ruleset", text("${jsonencode(cloudflare_ruleset.late)}"), RECORD],
    ["an output", output("${nonsensitive(var.edge_secret_shop)}"), "/output/x/value"],
    ["the name of a member", output({ [VALUE]: 1 }), `/output/x/value/${VALUE}`],
    [
      "another header",
      added(rewrite("copy", "true", { "X-Copy": { operation: "set", value: VALUE } })),
      "/resource/cloudflare_ruleset/late/rules/1/action_parameters/headers/X-Copy/value",
    ],
    [
      "its header with more, for another host",
      added(rewrite("copy", 'http.host eq "x.shop.dev"', { [HEADER]: { operation: "set", value: `x${VALUE}` } })),
      `/resource/cloudflare_ruleset/late/rules/1/action_parameters/headers/${HEADER}/value`,
    ],
    [
      "a response's header",
      answered({ operation: "set", value: VALUE }),
      "/resource/cloudflare_ruleset/added/rules/0/action_parameters/headers/X-Debug/value",
    ],
    [
      "its own header of a response",
      rules("http_response_headers_transform", "rewrite", {
        headers: { [HEADER]: { operation: "set", value: VALUE } },
      }),
      `/resource/cloudflare_ruleset/added/rules/0/action_parameters/headers/${HEADER}/value`,
    ],
    [
      "a page",
      (shop) => void ((rulesOf(shop, "custom")[1] as Tree)["action_parameters"] = { response: { content: VALUE } }),
      "/resource/cloudflare_ruleset/custom/rules/1/action_parameters/response/content",
    ],
    ["another stack", ({ others }) => void (others["second"] = { output: { x: { value: VALUE } } }), "/output/x/value"],
    [
      "a message",
      (shop) =>
        void (bodyOf(shop, "cloudflare_ruleset.late")["lifecycle"] = {
          precondition: [{ condition: "${true}", error_message: "${nonsensitive(var.edge_secret_shop)}" }],
        }),
      "/resource/cloudflare_ruleset/late/lifecycle/precondition/0/error_message",
    ],
  ])("violates WEB-1, by its place: %s", (_what, change, pointer) => {
    const result = judged("WEB-1", change);
    expect(result).toMatchObject({
      verdict: "violated",
      wrong: "is given the secret, and whoever sees it learns it",
      controls: [{ pointer }],
      change: `use var.edge_secret_shop as the value of ${HEADER} alone`,
    });
  });

  test.each<[string, ShopChange]>([
    ["logs its header", logged({ transformed_request_fields: [{ name: "x-edge-secret" }] })],
    ["logs what only the apply knows", logged({ transformed_request_fields: [{ name: "${var.field}" }] })],
    ["does what only the apply knows", logged("${var.parameters}")],
    ["answers with its header", answered({ operation: "set", expression: 'http.request.headers["X-Edge-Secret"][0]' })],
    ["answers with every header", answered({ operation: "set", expression: "http.request.headers.values[3]" })],
    [
      "answers with a computed header",
      answered({ operation: "set", expression: "http.request.headers[http.host][0]" }),
    ],
    ["answers with what only the apply knows", answered({ operation: "set", expression: "${var.expression}" })],
    [
      "copies its header",
      added(
        rewrite("copy", "true", {
          "X-Copy": { operation: "set", expression: 'http.request.headers["x-edge-secret"][0]' },
        }),
      ),
    ],
    [
      "sets headers that only the apply knows",
      added({ ...rewrite("copy", "true", {}), action_parameters: "${var.x}" }),
    ],
  ])("leaves WEB-1 undecided where a rule %s", (_what, change) => {
    expect(inWords(judged("WEB-1", change))).toMatch(
      /^undecided: (?:.*; )?rule \w+ may write X-Edge-Secret where others see it \[/,
    );
  });

  test.each<[string, ShopChange]>([
    ["in a local that nobody uses", local(VALUE)],
    ["where the header's value is a local", all(local(VALUE), setting("${local.s}"))],
    [
      "in a condition",
      (shop) =>
        void (bodyOf(shop, "cloudflare_ruleset.late")["lifecycle"] = {
          precondition: [{ condition: "${length(var.edge_secret_shop) > 31}", error_message: "too short" }],
        }),
    ],
    [
      "in its own validation",
      variable({
        ...{ type: "string", sensitive: true },
        validation: { condition: "${length(var.edge_secret_shop) > 31}", error_message: "too short" },
      }),
    ],
    ["in a text that names it", output("set edge_secret_shop")],
    ["in a variable whose name begins alike", output("${var.edge_secret_shop_2}")],
    ["where an output is a ruleset's id", output("${cloudflare_ruleset.late.id}")],
    ["where another header is logged", logged({ transformed_request_fields: [{ name: "x-request-id" }] })],
    ["where an answer has a variable", answered({ operation: "set", value: "${var.version}" })],
    [
      "where an answer has another header",
      answered({ operation: "set", expression: 'http.request.headers["x-a"][0]' }),
    ],
    [
      "where an answer is rid of it",
      rules("http_response_headers_transform", "rewrite", { headers: { [HEADER]: { operation: "remove" } } }),
    ],
  ])("is not, %s", (_what, change) => {
    expect(judged("WEB-1", change).verdict).toBe("proven");
  });
});

test("the secret in a state that others may read leaves WEB-1 undecided", () => {
  const kept = (told: Tree) => staysSecret(shopScene((shop) => void (shop.json["terraform"] = { backend: told })));
  expect(kept({ s3: { bucket: "state", key: "shop" } }).verdict).toBe("proven");
  expect(inWords(kept({ local: { path: "/srv/www/state" } }))).toMatch(/^undecided: .* with this path, and the state/);
  expect(inWords(kept({ consul: {} }))).toMatch(/^undecided: it is unknown who reads a state that consul keeps,/);
});

test("the secret that a provider may have made something of leaves WEB-1 undecided", () => {
  const result = judged("WEB-1", output("${cloudflare_ruleset.late.version}"));
  expect(inWords(result)).toContain("output.x may be given the secret, and whoever sees it learns it");
  expect(result.verdict).toBe("undecided");
});

describe("a header's name that", () => {
  test("is an expression is what the expression says", () => {
    const change = headers({
      [HEADER]: { operation: "set", value: VALUE },
      '${"x-edge-secret"}': { operation: "remove" },
    });
    expect(judged("WEB-1", change).verdict).not.toBe("proven");
  });

  test("only the apply knows may be the secret's", () => {
    const change = headers({ [HEADER]: { operation: "set", value: VALUE }, "${var.name}": { operation: "remove" } });
    expect(judged("WEB-1", change).verdict).not.toBe("proven");
  });

  test("is written twice in one rule, in other letters, is none that is known", () => {
    const change = headers({ [HEADER]: { operation: "set", value: VALUE }, "x-edge-secret": { operation: "remove" } });
    expect(judged("WEB-1", change).verdict).not.toBe("proven");
  });
});

describe("a guest in the zone", () => {
  const environments: readonly Environment[] = [anEnvironment(), aGuest("beta", "shop")];
  /** The guest's record and secret, as the owner's stack writes them. */
  const carried = (shop: Shop, rule: Tree = secretRule("beta", "beta.shop.dev")) => {
    added(rule)(shop);
    adding("cloudflare_dns_record", recordOf("beta", "shop-beta.onrender.com"), "beta")(shop);
    const variables = shop.json["variable"] as Tree;
    variables["edge_secret_beta"] = { type: "string", sensitive: true };
  };
  const judgedAll = (change: ShopChange) =>
    Object.fromEntries(
      shopScenes(change, environments).map((scene) => [scene.policy.name, judged("WEB-1", scene)] as const),
    );

  test("has a secret of its own, in the owner's stack", () => {
    const { shop, beta } = judgedAll(carried);
    expect(shop?.verdict).toBe("proven");
    expect(beta).toMatchObject({ verdict: "proven", notes: ["the secret comes from TF_VAR_edge_secret_beta"] });
  });

  test("that bears the owner's secret violates the statement of both", () => {
    const same = judgedAll((shop) => {
      carried(shop, { ...secretRule("shop", "beta.shop.dev"), ref: "beta" });
    });
    expect(same["shop"]?.verdict).toBe("violated");
    expect(same["beta"]?.verdict).toBe("violated");
  });

  test("whose host shares the owner's rule violates the statement of both", () => {
    const same = judgedAll((shop) => {
      carried(shop);
      condition(`lower(http.host) in {"${HOST}" "beta.shop.dev"}`)(shop);
    });
    expect(same["shop"]?.verdict).toBe("violated");
    expect(same["beta"]?.verdict).toBe("violated");
  });

  test("that gets none violates its own statement alone", () => {
    const none = judgedAll((shop) => {
      carried(shop);
      rulesOf(shop, "late").pop();
    });
    expect(none["shop"]?.verdict).toBe("proven");
    expect(none["beta"]).toMatchObject({ verdict: "violated", counterexample: ["beta.shop.dev"] });
  });

  test("whose variable stands in its own stack has none where the rules are", () => {
    const elsewhere = judgedAll((shop) => {
      carried(shop);
      const { edge_secret_beta, ...rest } = shop.json["variable"] as Tree;
      shop.json["variable"] = rest;
      shop.others["beta"] = { variable: { edge_secret_beta } };
    });
    expect(elsewhere["beta"]?.verdict).toBe("violated");
  });
});
