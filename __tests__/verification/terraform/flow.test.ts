import { reachedFrom, type Source } from "../../../verification/terraform/flow";
import { readStack } from "../../../verification/terraform/stack";

const SECRET: Source = { address: "var.secret", members: [] };

/** Where a value goes: the texts that hold it for certain, and with a question mark those that may. */
function reached(json: object, ...sources: readonly Source[]): readonly string[] {
  const stack = readStack({ name: "shop", json });
  return reachedFrom(stack, sources.length === 0 ? [SECRET] : sources).map(
    ({ pointer, isCertain }) => `${pointer}${isCertain ? "" : "?"}`,
  );
}

const output = (value: unknown) => ({ output: { o: { value } } });

test.each([
  "${var.secret}",
  "x${var.secret}",
  "${~ var.secret ~}",
  '${var["secret"]}',
  "${var . secret}",
  "${var /* x */ . // y\n secret}",
  "${(var.secret)}",
  "${nonsensitive(var.secret)}",
  "${true ? var.secret : 1}",
  "${[for each in [var.secret] : each]}",
  "${{ for key, each in { a = var.secret } : key => each if true }}",
  "${{ (var.secret) = 1 }}",
  "%{ if true }${var.secret}%{ endif }",
  "%{ for each in [var.secret] }${each}%{ endfor }",
  '${"${var.secret}"}',
  '${join("", ["${local.a}", var.secret, "${local.b}"])}',
  '${"\\"${var.secret}"}',
  '${"$${"}${var.secret}',
  '${"}"}${var.secret}',
  "${local.list[var.secret]}",
  "${local.list[var.secret].name}",
  "${/* } */ var.secret}",
  "${# }\nvar.secret}",
  "$$${var.secret}${var.secret}",
  "${var.secret.part[0].*.other}",
  "${var.secret[*]}",
  "${[var.secret...]}",
])("a value reaches %j", (text) => {
  expect(reached(output(text))).toEqual(["/output/o/value"]);
});

test.each([
  "var.secret",
  "$${var.secret}",
  "%%{ if var.secret }",
  '${"var.secret"}',
  '${"$${var.secret}"}',
  "use var.secret for ${local.a}",
  "${/* var.secret */ local.a}",
  "${local.a # var.secret\n}",
  "${var.secrets}",
  "${local.var.secret}",
  "${local.secret}",
  "${secret.var}",
  "${[for secret in local.list : secret.var]}",
  "${{ var = 1, secret = 2 }}",
  "${[for data in local.list : data.name]}",
])("a value doesn't reach %j", (text) => {
  expect(reached(output(text))).toEqual([]);
});

test.each([
  "${<<EOT\nEOT\n}",
  "${",
  "${var[local.name]}",
  `${'${"'.repeat(200)}`,
  "${data.a[local.name]}",
  "${var[0]}",
  "${local[*]}",
])("what can't be followed in %j may be anything", (text) => {
  expect(reached(output(text), { address: "anything", members: [] })).toEqual(["/output/o/value"]);
});

test("a name is the same in every form of Unicode", () => {
  const [composed, decomposed] = ["\u00e9", "e\u0301"];
  expect(reached({ locals: { a: { [decomposed]: "${var.secret}" } }, ...output(`\${local.a.${composed}}`) })).toEqual([
    `/locals/a/${decomposed}`,
    "/output/o/value",
  ]);
  expect(reached(output("${var.secret}${var.secre\u0301t}"), { address: "var.secr\u00e9t", members: [] })).toHaveLength(
    1,
  );
});

test("a value reaches a member that is named as a comment is, and a block for Terraform itself", () => {
  expect(reached(output({ "//": "${var.secret}" }))).toEqual(["/output/o/value/~1~1"]);
  expect(reached({ terraform: { backend: { s3: { key: "${var.secret}" } } } })).toEqual(["/terraform/backend/s3/key"]);
});

test("a text of many comments is read at once", () => {
  const text = `\${var${"/**/".repeat(10_000)}${"#\n".repeat(10_000)}}`;
  expect(reached(output(text))).toEqual([]);
});

describe("a value goes on", () => {
  test("through locals, as far as the member that holds it", () => {
    const locals = {
      a: { b: "${var.secret}", c: 1 },
      d: { e: "${local.a}" },
      list: [{ f: "${var.secret}" }],
      "${local.a.c}": 1,
    };
    const outputs = {
      whole: "${local.a}",
      held: "${local.a.b}",
      indexed: '${local.a["b"]}',
      other: "${local.a.c}",
      onward: "${local.d.e.b}",
      within: "${local.list[0].f}",
      beside: "${local.list[0].g}",
    };
    const output = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }]));
    expect(reached({ locals, output })).toEqual([
      "/locals/a/b",
      "/locals/list/0/f",
      "/locals/d/e",
      "/output/whole/value",
      "/output/held/value",
      "/output/indexed/value",
      "/output/within/value",
      "/output/onward/value",
    ]);
  });

  test("through a member whose name only the apply knows", () => {
    expect(reached({ locals: { a: { "${local.b}": { c: "${var.secret}" } } }, ...output("${local.a.x.c}") })).toEqual([
      "/locals/a/${local.b}/c",
      "/output/o/value",
    ]);
  });

  test("through the name of a member", () => {
    expect(reached({ locals: { a: { "${var.secret}": 1 } }, ...output("${keys(local.a)}") })).toEqual([
      "/locals/a/${var.secret}",
      "/output/o/value",
    ]);
  });

  test("through a circle of locals, once", () => {
    expect(reached({ locals: { a: "${local.b}${var.secret}", b: "${local.a}" } })).toEqual(["/locals/a", "/locals/b"]);
  });

  test.each([
    ["the attribute that holds it", "${x_y.z.given}", ""],
    ["the whole resource", "${jsonencode(resource.x_y.z)}", ""],
    ["each of its instances", "${x_y.z[*].given}", ""],
    ["one of its instances", '${x_y.z["a"].given}', ""],
    ["what a provider computes", "${x_y.z.computed}", "?"],
    ["what is left to the provider", "${x_y.z.left}", "?"],
  ])("through a resource to %s", (_what, text, certainty) => {
    const resource = { x_y: { z: { given: "${var.secret}", other: "x", left: null } } };
    expect(reached({ resource, ...output(text) })).toEqual(["/resource/x_y/z/given", `/output/o/value${certainty}`]);
  });

  test.each(["${x_y.z.id}", "${x_y.z.other}", "${x_y.w.given}", "${data.x_y.z.given}"])(
    "through a resource, and not to %s",
    (text) => {
      const resource = { x_y: { z: { given: "${var.secret}", other: "x" } } };
      expect(reached({ resource, ...output(text) })).toEqual(["/resource/x_y/z/given"]);
    },
  );

  test("through data, also of a check", () => {
    const data = { http: { a: { url: "${var.secret}" } } };
    expect(reached({ data, ...output("${data.http.a.response_body}") })).toEqual([
      "/data/http/a/url",
      "/output/o/value?",
    ]);
    const check = { c: { data, assert: { condition: "${true}", error_message: "${data.http.a.url}" } } };
    expect(reached({ check })).toEqual(["/check/c/data/http/a/url", "/check/c/assert/error_message"]);
  });

  test("through bodies in lists, and through what a resource says of itself", () => {
    const body = { given: "${var.secret}", provisioner: [{ "local-exec": { command: "${self.given}" } }] };
    expect(reached({ resource: { x_y: { z: body } } })).toEqual([
      "/resource/x_y/z/given",
      "/resource/x_y/z/provisioner/0/local-exec/command",
    ]);
    expect(reached({ data: [{ x_y: [{ z: [{ a: "${var.secret}" }] }] }], ...output("${data.x_y.z.a}") })).toEqual([
      "/data/0/x_y/0/z/0/a",
      "/output/o/value",
    ]);
  });

  test("into modules, providers, imports and any other block", () => {
    const json = {
      provider: { github: [{ token: "${var.secret}" }] },
      module: { m: { input: "${var.secret}" } },
      import: [{ to: "x_y.z", id: "${var.secret}" }],
      other: "${var.secret}",
    };
    expect(reached(json)).toEqual(["/provider/github/0/token", "/module/m/input", "/import/0/id", "/other"]);
  });

  test("nowhere through a condition", () => {
    const lifecycle = { precondition: [{ condition: '${var.secret != ""}', error_message: "x" }] };
    const resource = { x_y: { z: { given: "x", lifecycle } } };
    expect(reached({ resource, ...output("${jsonencode(x_y.z)}") })).toEqual([
      "/resource/x_y/z/lifecycle/precondition/0/condition",
    ]);
  });
});

test("an attribute is followed by itself", () => {
  const source = { address: "x_token.t", members: ["login", "value"] };
  const resource = { x_token: { t: { name: "x" } } };
  const read = (text: string) => reached({ resource, ...output(text) }, source);
  expect(["${x_token.t.login[0].value}", "${x_token.t.login}", "${x_token.t}"].map(read)).toEqual(
    Array(3).fill(["/output/o/value"]),
  );
  expect(
    ["${x_token.t.name}", "${x_token.t.login.name}", "${x_token.t.id}", "${x_token.u.login}"].flatMap(read),
  ).toEqual([]);
});
