import * as fc from "fast-check";

/** A text of the Terraform JSON, and the value that Terraform makes of it. */
export interface KnownText {
  readonly text: string;
  readonly is: unknown;
}

/** The locals that the texts speak of. */
export const LOCALS = {
  name: "shop",
  port: 443,
  on: true,
  nothing: null,
  hosts: ["app.shop.dev", "api.shop.dev"],
  nested: { list: [{ deep: "found" }], "a.b": "dotted", "9": "nine" },
  through: "${local.name}-${local.port}",
  constructor: "mine",
} as const;

/** Texts that the model evaluates, by the kind of expression in them. */
export const KNOWN: Readonly<Record<string, KnownText>> = {
  "a text": { text: "plain", is: "plain" },
  "a lone dollar": { text: "$ and % and {}", is: "$ and % and {}" },
  "an interpolated string": { text: '${"x"}', is: "x" },
  "text around an interpolation": { text: 'a${"x"}b', is: "axb" },
  "two interpolations": { text: '${"x"}${"y"}', is: "xy" },
  "a brace in a string": { text: '${"}"}{', is: "}{" },
  "escapes in a string": { text: '${"\\"\\\\\\n\\t\\r\\u00e9"}', is: '"\\\n\t\ré' },
  "an escaped interpolation": { text: "$${local.name}", is: "${local.name}" },
  "an escaped directive": { text: "%%{if true}", is: "%{if true}" },
  "an escaped interpolation after a dollar": { text: "$$${local.name}", is: "$${local.name}" },
  "an escaped interpolation after two dollars": { text: "$$$${local.name}", is: "$$${local.name}" },
  "an escaped directive after a percent sign": { text: "%%%{if true}", is: "%%{if true}" },
  "an escape beside an interpolation": { text: '$${a}${"b"}%%{c}', is: "${a}b%{c}" },
  "a dollar before an interpolation that is escaped twice": { text: '$$${a}${"b"}', is: "$${a}b" },
  "a text in normal form C": { text: "e\u0301", is: "\u00e9" },
  "an interpolated text in normal form C": { text: 'e${"\u0301"}', is: "\u00e9" },
  "a number": { text: "${443}", is: 443 },
  "a negative number": { text: "${-1}", is: -1 },
  "a number within text": { text: "port ${443}", is: "port 443" },
  "a boolean": { text: "${true}", is: true },
  "a boolean within text": { text: "is ${false}", is: "is false" },
  null: { text: "${null}", is: null },
  "a list": { text: '${[1, "a", true,]}', is: [1, "a", true] },
  "an object": { text: '${{a = 1, "b": [2], c = {d = null}}}', is: { a: 1, b: [2], c: { d: null } } },
  "spaces and lines": { text: "${\n  [ 1 ,\t2 ]\n}", is: [1, 2] },
  "a local": { text: "${local.name}", is: "shop" },
  "a local's type": { text: "${local.port}", is: 443 },
  "a local within text": { text: "<${local.on}>", is: "<true>" },
  "a local through another": { text: "${local.through}", is: "shop-443" },
  "an element": { text: "${local.hosts[1]}", is: "api.shop.dev" },
  "a member of an element": { text: "${local.nested.list[0].deep}", is: "found" },
  "a member by its name in brackets": { text: '${local.nested["a.b"]}', is: "dotted" },
  "a member by a number": { text: '${local.nested["9"]}', is: "nine" },
  "a local with the name of what every object has": { text: "${local.constructor}", is: "mine" },
  join: { text: '${join(", ", ["a", "b"])}', is: "a, b" },
  "join of several lists": { text: '${join("-", ["a"], [], ["b", "c"])}', is: "a-b-c" },
  "join of an empty list": { text: '${join("-", [])}', is: "" },
  "join of numbers and booleans": { text: '${join("", [1, true, "x"])}', is: "1truex" },
  "join of a local": {
    text: 'http.host in {${join(" ", local.hosts)}}',
    is: "http.host in {app.shop.dev api.shop.dev}",
  },
  format: { text: '${format("%s:%d %v%%", local.name, 443, true)}', is: "shop:443 true%" },
  "format of a boolean and a number as text": { text: '${format("%s %s", true, 5)}', is: "true 5" },
  "format of a percent sign beside a verb": { text: '${format("%%s%s", "x")}', is: "%sx" },
  "format without a verb": { text: '${format("x")}', is: "x" },
  "jsonencode of a string": { text: '${jsonencode("a\\"<&>\\u2028")}', is: '"a\\"\\u003c\\u0026\\u003e\\u2028"' },
  "jsonencode of a list": { text: '${jsonencode([1, true, null, "x"])}', is: '[1,true,null,"x"]' },
  "jsonencode sorts names": { text: "${jsonencode({b = 1, a = {d = 1, c = 2}})}", is: '{"a":{"c":2,"d":1},"b":1}' },
  "jsonencode sorts names of digits as texts": {
    text: '${jsonencode({"10" = 1, "9" = 2, a = 3})}',
    is: '{"10":1,"9":2,"a":3}',
  },
  "jsonencode sorts names by code points": {
    text: '${jsonencode({"\uff5e" = 1, "\u{1f600}" = 2})}',
    is: '{"\uff5e":1,"\u{1f600}":2}',
  },
  "jsonencode escapes names": { text: '${jsonencode({"<" = 1})}', is: '{"\\u003c":1}' },
  "jsonencode of control characters": { text: '${jsonencode("\\u0001\\u0008\\u007f")}', is: '"\\u0001\\b\u007f"' },
  "a call in a call": { text: '${jsonencode(join(",", [format("%s", "a")]))}', is: '"a"' },
};

/** Texts that the model can't evaluate: Terraform can, or only the apply. */
export const OPAQUE: Readonly<Record<string, string>> = {
  "a variable": "${var.secret}",
  "a data source": "${data.cloudflare_zone.z.id}",
  "a computed attribute": "${cloudflare_list.meta.id}",
  "an unknown local": "${local.absent}",
  "an element that isn't there": "${local.hosts[2]}",
  "a member that isn't there": "${local.nested.absent}",
  "a property that every object has": "${local.nested.constructor}",
  "a property that every list has": "${local.hosts.length}",
  "a local named like a property that every object has": "${local.toString}",
  "the prototype of the locals": "${local.__proto__}",
  "an element by no number": '${local.hosts[""]}',
  "another function": '${upper("a")}',
  "a function named like a property that every object has": "${constructor()}",
  "join without a list": '${join(",")}',
  "join of what isn't a list": '${join(",", "a")}',
  "join of lists in a list": '${join(",", [["a"]])}',
  "join of null": '${join(",", [null])}',
  "join with something opaque": '${join(",", ["a", var.b])}',
  "format with too few values": '${format("%s")}',
  "format with too many values": '${format("x", 1)}',
  "format with flags": '${format("%05d", 5)}',
  "format with an index": '${format("%[1]s", "x")}',
  "format with a lone percent sign": '${format("100%", 5)}',
  "format of null": '${format("%s", null)}',
  "format of a list": '${format("%v", [1])}',
  "jsonencode of something opaque": "${jsonencode({a = var.b})}",
  "jsonencode of two values": "${jsonencode(1, 2)}",
  "null within text": "a${null}",
  "a list within text": "a${[1]}",
  "a number of more digits than are held": "${12345678901234567890}",
  "a fraction": "${1.5}",
  "an exponent": "${1e3}",
  "a sum": "${1 + 1}",
  "a condition": '${true ? "a" : "b"}',
  "a comparison": "${1 == 1}",
  "a loop": '${[for x in ["a"] : x]}',
  "a splat": "${local.hosts[*]}",
  "an index that is looked up": "${local.hosts[local.port]}",
  "a template in a string": '${"a${local.name}"}',
  "a strip marker": '${~ "a" ~}',
  "a comment": '${"a" /* } */}',
  "a heredoc": "${<<EOT\na\nEOT\n}",
  parentheses: '${("a")}',
  "a computed name": "${{(local.name) = 1}}",
  "a directive": "%{if true}a%{endif}",
  "an interpolation that doesn't end": '${"a"',
  "a string that doesn't end": '${"a}',
  nothing: "${}",
  "two expressions": '${"a" "b"}',
  "a list that nests without end": `\${${"[".repeat(50_000)}}`,
  "a sign in place of a name": "${{, = 1}}",
};

/** Letters that mean something to one of the languages that a value goes through. */
const letter = fc.constantFrom(
  "a",
  "b",
  "\\",
  '"',
  "$",
  "%",
  "{",
  "}",
  "<",
  "&",
  " ",
  "\n",
  "\u00e9",
  "\u2028",
  "\u{1f600}",
);
const anyText = fc.string({ unit: letter, maxLength: 6 }).filter((text) => !/[$%]\{/.test(text));

/** A string literal of Terraform's expression language. */
const literal = (text: string): string => JSON.stringify(text);

type Pair = KnownText;

const textPair = anyText.map((is): Pair => ({ text: literal(is), is }));
const scalarPair = fc.oneof(
  textPair,
  fc.integer({ min: -1000, max: 100_000 }).map((is): Pair => ({ text: String(is), is })),
  fc.boolean().map((is): Pair => ({ text: String(is), is })),
);
const name = fc.oneof(fc.constantFrom("a", "b-c", "10", "9", "constructor", "toString"), anyText);

/** Expressions with the values that they are made from: the value is computed beside the text, not from it. */
const { value: valuePair } = fc.letrec<{ value: Pair; text: Pair }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    scalarPair,
    fc.constant<Pair>({ text: "null", is: null }),
    fc.constantFrom<Pair>({ text: "local.name", is: "shop" }, { text: "local.hosts", is: LOCALS.hosts }),
    tie("text"),
    fc
      .array(tie("value"), { maxLength: 3 })
      .map((pairs): Pair => ({ text: `[${pairs.map(({ text }) => text).join(", ")}]`, is: pairs.map(({ is }) => is) })),
    fc.uniqueArray(fc.tuple(name, tie("value")), { maxLength: 3, selector: ([key]) => key }).map((members): Pair => ({
      text: `{${members.map(([key, { text }]) => `${literal(key)} = ${text}`).join(", ")}}`,
      is: Object.fromEntries(members.map(([key, { is }]) => [key, is])),
    })),
  ),
  text: fc.oneof(
    fc.tuple(textPair, fc.array(scalarPair, { maxLength: 3 })).map(([separator, pairs]): Pair => ({
      text: `join(${separator.text}, [${pairs.map(({ text }) => text).join(", ")}])`,
      is: pairs.map(({ is }) => String(is)).join(separator.is as string),
    })),
    fc.array(fc.tuple(fc.constantFrom("%s", "%v"), scalarPair), { maxLength: 3 }).map((parts): Pair => ({
      text: `format(${literal(parts.map(([verb]) => `${verb}%%`).join("-"))}${parts.map(([, { text }]) => `, ${text}`).join("")})`,
      is: parts.map(([, { is }]) => `${String(is)}%`).join("-"),
    })),
    scalarPair.map((pair): Pair => ({ text: `jsonencode(${pair.text})`, is: encoded(pair.is) })),
  ),
}));

/** JSON as Terraform writes a scalar. */
const encoded = (value: unknown): string =>
  JSON.stringify(value).replace(/[<&\u2028]/g, (sign) => ({ "<": "\\u003c", "&": "\\u0026" })[sign] ?? "\\u2028");

/** Texts of the JSON: an interpolation that keeps its type, or text with interpolations in it. */
export const knownTexts: fc.Arbitrary<KnownText> = fc.oneof(
  valuePair.map(({ text, is }) => ({ text: `\${${text}}`, is })),
  fc
    .array(
      fc.oneof(
        scalarPair.map(({ text, is }) => ({ text: `\${${text}}`, is: String(is) })),
        fc.constantFrom({ text: "$${", is: "${" }, { text: "%%{", is: "%{" }, { text: "-", is: "-" }),
      ),
      { minLength: 2, maxLength: 5 },
    )
    .map((parts) => ({
      text: parts.map(({ text }) => text).join(""),
      is: parts
        .map(({ is }) => is)
        .join("")
        .normalize("NFC"),
    })),
);
