import type { StatementId } from "../../../policy/statements";
import type { JsonTree } from "../folder";
import { bodyKind, type Kind } from "../kind";

const LIST = "cloudflare_list";
const breaks: readonly StatementId[] = ["HOOK-1"];

const members = (name: string, ...changes: readonly JsonTree[]): Kind =>
  bodyKind(name, LIST, () =>
    changes.map((each) => ({
      ...{ what: JSON.stringify(each), breaks },
      change: (body) => void Object.assign(body, each),
    })),
  );

/**
 * Every block is changed where it stands in a rule. Of a list, the first ones (IPv4) and the last ones (IPv6) are
 * enough.
 */
const isAtAnEnd = (index: number, { length }: readonly unknown[]): boolean => index < 3 || index >= length - 3;

/** Every item of a list takes another text. */
const items = (name: string, change: (ip: string) => string | undefined): Kind =>
  bodyKind(name, LIST, ({ body }) =>
    (body["items"] as readonly { readonly ip: string }[]).flatMap(({ ip }, index, all) => {
      const other = isAtAnEnd(index, all) ? change(ip) : undefined;
      return other === undefined
        ? []
        : [
            {
              ...{ what: `${ip} → ${other}`, breaks },
              change: (copy: JsonTree) => void ((copy["items"] as JsonTree[])[index] = { ip: other }),
            },
          ];
    }),
  );

const prefix = (by: number) => (ip: string) => ip.replace(/\d+$/, (length) => String(Number(length) + by));

/** The block whose prefix differs in its last bit; of IPv4, since the text of IPv6 isn't so easy to change. */
function swapped(ip: string): string | undefined {
  const [, address = "", length = ""] = /^([\d.]+)\/(\d+)$/.exec(ip) ?? [];
  if (address === "") return undefined;
  const number = address.split(".").reduce((sum, each) => sum * 256 + Number(each), 0);
  const other = (number ^ (2 ** (32 - Number(length)))) >>> 0;
  return `${[24, 16, 8, 0].map((shift) => (other >>> shift) & 255).join(".")}/${length}`;
}

export const LIST_KINDS: readonly Kind[] = [
  items("narrow an item of a list by one bit", prefix(1)),
  items("swap an item of a list by one bit", swapped),
  bodyKind("drop an item of a list", LIST, ({ body }) =>
    (body["items"] as readonly unknown[]).flatMap((_, index, all) =>
      isAtAnEnd(index, all)
        ? [{ what: String(index), breaks, change: (copy) => void (copy["items"] as unknown[]).splice(index, 1) }]
        : [],
    ),
  ),
  bodyKind("add an item to a list", LIST, () =>
    ["198.51.100.7", "0.0.0.0/1", "2001:db8:ffff::/127"].map((ip) => ({
      ...{ what: ip, breaks },
      change: (copy) => void (copy["items"] as unknown[]).push({ ip }),
    })),
  ),
  members("empty a list", { items: [] }, { items: null }),
  members("let the apply say what a list holds", { items: "${var.items}" }, { items: [{ ip: "${var.ip}" }] }),
  members(
    "give a list items that are no addresses",
    { kind: "asn", items: [{ asn: 32934 }] },
    { items: [{ ip: "everybody" }] },
  ),
  members("give a list another name", { name: "other" }),
  members("move a list to another account", { account_id: "f".repeat(32) }),
  bodyKind("give a list a second owner", LIST, ({ type }) => [
    { breaks, change: (body, beside) => beside({ type, name: "Second", body: { ...body } }) },
  ]),
  bodyKind("drop a list", LIST, () => [{ breaks }]),
];
