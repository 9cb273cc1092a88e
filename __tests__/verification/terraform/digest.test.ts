import { digestOf } from "../../../verification/terraform/digest";
import { readStack } from "../../../verification/terraform/stack";

const JSON_OF = {
  locals: { target: "${var.target}", other: "1" },
  variable: { target: { default: "docs.example.net" }, unused: {} },
  data: { cloudflare_zone: { shop: { name: "shop.dev" } } },
  resource: {
    cloudflare_dns_record: {
      docs: {
        name: "docs",
        content: "${local.target}",
        comment: '${file("assets/note.txt")}',
        zone_id: "${data.cloudflare_zone.shop.id}",
        lifecycle: { replace_triggered_by: ["cloudflare_list.meta"] },
      },
    },
    cloudflare_list: { meta: { items: [] }, unrelated: { items: [] } },
  },
};

type Change = (json: typeof JSON_OF, files: Map<string, string>) => void;

function digestAfter(change: Change = () => undefined): string {
  const json = structuredClone(JSON_OF);
  const files = new Map([["assets/note.txt", "a note"]]);
  change(json, files);
  const file = (path: string) => (files.has(path) ? Buffer.from(files.get(path) ?? "") : undefined);
  return digestOf(readStack({ name: "shop", json, file }), [json.resource.cloudflare_dns_record.docs]);
}

test("a digest has sixteen hexadecimal digits, the same each time", () => {
  expect(digestAfter()).toMatch(/^[0-9a-f]{16}$/);
  expect(digestAfter()).toBe(digestAfter());
});

test.each<readonly [what: string, change: Change]>([
  ["its own body", ({ resource }) => void (resource.cloudflare_dns_record.docs.name = "b")],
  ["what it refers to", ({ locals }) => void (locals.target = "b")],
  ["what that refers to", ({ variable }) => void (variable.target.default = "b")],
  ["data that it refers to", ({ data }) => void (data.cloudflare_zone.shop.name = "b")],
  ["what its meta-arguments name", ({ resource }) => void resource.cloudflare_list.meta.items.push("b" as never)],
  ["a file that it reads", (_, files) => void files.set("assets/note.txt", "another")],
  ["an empty file that it reads", (_, files) => void files.set("assets/note.txt", "")],
  ["the absence of a file that it reads", (_, files) => void files.delete("assets/note.txt")],
])("it changes with %s", (_what, change) => {
  expect(digestAfter(change)).not.toBe(digestAfter());
});

test.each<readonly [what: string, change: Change]>([
  ["another local", ({ locals }) => void (locals.other = "2")],
  ["another resource", ({ resource }) => void resource.cloudflare_list.unrelated.items.push("b" as never)],
  ["another file", (_, files) => void files.set("assets/other.txt", "x")],
  [
    "the order of keys",
    ({ resource: { cloudflare_dns_record: all } }) =>
      void (all.docs = Object.fromEntries(Object.entries(all.docs).reverse()) as typeof all.docs),
  ],
])("it stays with %s", (_what, change) => {
  expect(digestAfter(change)).toBe(digestAfter());
});

test("a reference that can't be read counts the whole stack", () => {
  const open: Change = ({ resource }) => void (resource.cloudflare_dns_record.docs.content = "${local[var.name]}");
  const changed: Change = (json, files) => {
    open(json, files);
    json.locals.other = "2";
  };
  expect(digestAfter(changed)).not.toBe(digestAfter(open));
});

test("what refers to itself has a digest", () => {
  expect(digestAfter(({ locals }) => void (locals.target = "${local.target}"))).toMatch(/^[0-9a-f]{16}$/);
});
