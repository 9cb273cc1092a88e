import * as fc from "fast-check";
import { readStack } from "../../../verification/terraform/stack";
import { isKnown, Opaque, type Value } from "../../../verification/terraform/value";
import { KNOWN, knownTexts, LOCALS, OPAQUE } from "./expressions";

/** The value of an attribute in a stack with these locals. */
function attribute(json: unknown, locals: unknown = LOCALS, others: object = {}): Value | undefined {
  const resource = { ...others, null_resource: { it: { attribute: json } } };
  const { resources } = readStack({ name: "shop", json: { locals, resource } });
  return resources.find(({ address }) => address === "null_resource.it")?.attributes["attribute"];
}

const isOpaque = (value: unknown): boolean => value instanceof Opaque;

describe("a text of the JSON", () => {
  test.each(Object.entries(KNOWN))("is evaluated where it holds %s", (_what, { text, is }) => {
    expect(attribute(text)).toEqual(is);
  });

  test.each(Object.entries(OPAQUE))("is opaque where it holds %s", (_what, text) => {
    expect(attribute(text)).toEqual(new Opaque(text));
  });

  test("is evaluated as it was made", () => {
    fc.assert(
      fc.property(knownTexts, ({ text, is }) => {
        expect(attribute(text)).toEqual(is);
      }),
      { numRuns: 300 },
    );
  });

  test("is opaque as a whole where a part of it is", () => {
    fc.assert(
      fc.property(knownTexts, knownTexts, (before, after) => {
        fc.pre(![before.is, after.is].some((each) => typeof each === "object"));
        const text = `${before.text}\${var.secret}${after.text}`;
        expect(attribute(text)).toEqual(new Opaque(text));
      }),
      { numRuns: 50 },
    );
  });
});

describe("what isn't text", () => {
  test("keeps its shape, with what is in it evaluated", () => {
    expect(attribute({ a: ["${local.name}", 1, null, { b: "${var.x}" }] })).toEqual({
      a: ["shop", 1, null, { b: new Opaque("${var.x}") }],
    });
  });

  test("has its members' names evaluated as templates", () => {
    expect(attribute({ '${"X-Secret"}': "a", "$${x}": "b" })).toEqual({ "X-Secret": "a", "${x}": "b" });
  });

  test("is opaque where a member's name is", () => {
    expect(isOpaque(attribute({ a: 1, "${var.name}": 2 }))).toBe(true);
  });

  test("is opaque where it is a number of more digits than are held", () => {
    expect(isOpaque(attribute(JSON.parse("9007199254740993")))).toBe(true);
    expect(attribute(9_007_199_254_740_991)).toBe(9_007_199_254_740_991);
  });

  test("may have a member named like what every object has", () => {
    const value = attribute(JSON.parse('{"__proto__": "a", "constructor": "b"}'));
    expect(Object.entries(value as object)).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
  });
});

describe("a local", () => {
  test.each([
    ["itself", { a: "${local.a}" }],
    ["a part of itself", { a: { b: "${local.a.c}", c: "${local.a.b}" } }],
    ["another that leads back", { a: "x${local.b}", b: "${local.c}", c: ["${local.a}"] }],
  ])("that leads to %s is opaque", (_what, locals) => {
    expect(JSON.stringify(attribute("${local.a}", locals))).toContain("${");
  });

  test("is opaque where the locals aren't an object", () => {
    expect(isOpaque(attribute("${local.a}", [{ a: "x" }]))).toBe(true);
  });

  test("that doubles at every step ends soon, and unknown", () => {
    const doubling = (twice: (reference: string) => unknown) =>
      Object.fromEntries(Array.from({ length: 60 }, (_, step) => [`l${step}`, twice(`\${local.l${step + 1}}`)]));
    const ends = { l60: "0123456789" };
    expect(isOpaque(attribute("${local.l0}", { ...doubling((one) => one + one), ...ends }))).toBe(true);
    expect(isKnown(attribute("${local.l0}", { ...doubling((one) => [one, one]), ...ends }) ?? null)).toBe(false);
  });
});

describe("a reference to a resource", () => {
  const list = { name: "meta", items: [{ ip: "192.0.2.1" }], kind: null, lifecycle: { a: 1 } };
  const refer = (reference: string, body: object = list) =>
    attribute(`\${${reference}}`, {}, { cloudflare_list: { it: body } });

  test("is what the resource is given", () => {
    expect(refer("cloudflare_list.it.name")).toBe("meta");
    expect(refer("cloudflare_list.it.items[0].ip")).toBe("192.0.2.1");
  });

  test.each([
    ["what the provider computes", "cloudflare_list.it.id"],
    ["what is left to the provider", "cloudflare_list.it.kind"],
    ["what Terraform itself reads", "cloudflare_list.it.lifecycle"],
    ["a property that every object has", "cloudflare_list.it.constructor"],
    ["another resource", "cloudflare_list.other.name"],
    ["the whole resource", "cloudflare_list.it"],
    ["a type named like a property that every object has", "constructor.it.name"],
  ])("is opaque where it names %s", (_what, reference) => {
    expect(isOpaque(refer(reference))).toBe(true);
  });

  test.each(["count", "for_each"])("is opaque where the resource has %s", (key) => {
    expect(isOpaque(refer("cloudflare_list.it.name", { ...list, [key]: 1 }))).toBe(true);
  });

  test("that leads back to itself is opaque", () => {
    expect(isOpaque(refer("cloudflare_list.it.name", { name: "${cloudflare_list.it.name}" }))).toBe(true);
  });
});

test.each([
  ["letters", "a"],
  ["escapes", "\\\\"],
  ["quotes", '\\"'],
])("an expression with a very long string of %s is opaque", (_what, sign) => {
  const text = `\${join("", ["${sign.repeat(8_000_000)}"])}`;
  expect(isOpaque(attribute(text))).toBe(true);
});

describe("a chain of references", () => {
  const LENGTH = 10_000;
  const chain = (link: (before: string) => unknown) =>
    Object.fromEntries(
      Array.from({ length: LENGTH }, (_, index) => [`a${index}`, index === 0 ? "end" : link(`local.a${index - 1}`)]),
    );
  const last = `\${local.a${LENGTH - 1}}`;

  test("of any length has the value of its end", () => {
    expect(
      attribute(
        last,
        chain((before) => `\${${before}}`),
      ),
    ).toBe("end");
  });

  test("that nests without end is opaque at some depth", () => {
    const nested = attribute(
      last,
      chain((before) => [`\${${before}}`]),
    );
    expect(nested === undefined || isKnown(nested)).toBe(false);
  });

  test("is followed from every member of a list", () => {
    const locals = chain((before) => `\${${before}}`);
    const all = Object.keys(locals).map((name) => `\${local.${name}}`);
    expect(attribute([...all, ...all], locals)).toEqual([...all, ...all].map(() => "end"));
  });
});
