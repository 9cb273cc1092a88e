import type { JsonTree } from "../folder";
import type { Kind } from "../kind";
import { stateKind } from "../appliers";

const SUPABASE = "supabase-network-restrictions";
const KEY_VALUE = "render-key-value-allow-list";
const SUBDOMAIN = "render-web-service-subdomain";
const ALLOW_LIST = "render-web-service-allow-list";
const SERVICE_TYPE = "render-service-type";
const ADDRESSES = "render-dedicated-addresses";

const texts = (state: JsonTree, member: string): readonly string[] => state[member] as readonly string[];

const v4 = (change: (blocks: readonly string[]) => readonly string[]) => (state: JsonTree) => ({
  dbAllowedCidrs: change(texts(state, "dbAllowedCidrs")),
});

/** A block of one address, twice as wide. */
const widened = (block: string): string => block.replace(/(\d+)\/32$/, (_, last: string) => `${Number(last) & ~1}/31`);

/** The address that differs in one bit. */
const swapped = (block: string, bit: number): string =>
  block.replace(
    /(?<=\.)(\d+)((?:\/32)?)$/,
    (_, last: string, prefix: string) => `${Number(last) ^ (1 << bit)}${prefix}`,
  );

const block = (cidrBlock: string): JsonTree => ({ cidrBlock, description: "opened" });

export const DATABASE_KINDS: readonly Kind[] = [
  stateKind("widen a database's list", SUPABASE, [
    [v4((blocks) => [...blocks, "198.51.100.7/32"])],
    [v4((blocks) => [...blocks, "0.0.0.0/0"])],
    [v4(() => ["0.0.0.0/1", "128.0.0.0/1"])],
    [() => ({ dbAllowedCidrsV6: ["::/0"] })],
    [() => ({ dbAllowedCidrsV6: ["2001:db8::1/128"] })],
    [v4((blocks) => blocks.map((each) => each.replace(/\.\d+\/32$/, ".0/24")))],
  ]),
  stateKind("widen a database's list by one bit", SUPABASE, [
    [v4(([first = "", ...blocks]) => [widened(first), ...blocks.slice(1)]), ["DB-1"]],
    [v4((blocks) => [...blocks.slice(0, -1), widened(blocks.at(-1) ?? "")])],
  ]),
  stateKind(
    "swap an address of a database's list by one bit",
    SUPABASE,
    [2, 3, 7].map((bit) => [v4(([first = "", ...blocks]) => [swapped(first, bit), ...blocks])] as const),
  ),
  stateKind("narrow a database's list", SUPABASE, [
    [v4((blocks) => blocks.slice(1)), ["DB-1"]],
    [v4((blocks) => blocks.slice(0, -1)), ["DB-1"]],
  ]),
  stateKind("empty a database's list", SUPABASE, [[v4(() => []), ["DB-1"]]]),
  stateKind("drop a family of a database's list", SUPABASE, [
    [() => ({ dbAllowedCidrs: undefined })],
    [() => ({ dbAllowedCidrsV6: undefined })],
  ]),
  stateKind("put a database's list out of form", SUPABASE, [
    [v4((blocks) => [...blocks, "everybody"])],
    [v4((blocks) => [...blocks, "203.0.113.1/24"])],
    [() => ({ dbAllowedCidrs: "0.0.0.0/0" })],
  ]),
  stateKind("restrict another database", SUPABASE, [[() => ({ projectRef: "zyxwvutsrqponmlkjihg" })]]),
  stateKind("open a Key Value instance", KEY_VALUE, [
    [() => ({ ipAllowList: [block("0.0.0.0/0")] })],
    [() => ({ ipAllowList: [block("::/0")] })],
    [() => ({ ipAllowList: [block("203.0.113.10/32")] })],
    [() => ({ ipAllowList: [block("198.51.100.6/31")] })],
    [() => ({ ipAllowList: undefined })],
  ]),
  stateKind("close another Key Value instance", KEY_VALUE, [[() => ({ keyValueId: "red-other" })]]),
  stateKind("leave the onrender.com name on", SUBDOMAIN, [
    [() => ({ renderSubdomainPolicy: "enabled" })],
    [() => ({ renderSubdomainPolicy: null })],
    [() => ({ renderSubdomainPolicy: undefined })],
  ]),
  stateKind("change the custom domains of a web service", SUBDOMAIN, [
    [() => ({ customDomains: [] })],
    [({ customDomains }) => ({ customDomains: [...(customDomains as string[]), "direct.example.com"] })],
    [() => ({ customDomains: ["*.example.com"] })],
  ]),
  stateKind("change Render's allow list", ALLOW_LIST, [
    [() => ({ ipAllowList: [] })],
    [() => ({ ipAllowList: [block("0.0.0.0/0")] })],
    [({ ipAllowList }) => ({ ipAllowList: [...(ipAllowList as JsonTree[]), block("203.0.113.8/30")] })],
    [({ ipAllowList }) => ({ ipAllowList: (ipAllowList as JsonTree[]).slice(1) })],
    [() => ({ ipAllowList: [block("198.51.100.0/24")] })],
    [() => ({ ipAllowList: [block("198.51.100.128/26")] })],
    [() => ({ ipAllowList: [block("198.51.100.0/25")] })],
    [() => ({ serviceId: "srv-other" })],
  ]),
  stateKind("let a worker be of another type", SERVICE_TYPE, [
    [() => ({ type: "web_service" })],
    [() => ({ type: "private_service" })],
    [() => ({ type: "cron_job" })],
    [() => ({ type: undefined })],
  ]),
  stateKind("check other dedicated addresses", ADDRESSES, [
    [({ ips }) => ({ ips: (ips as string[]).slice(1) })],
    [({ ips }) => ({ ips: [...(ips as string[]), "198.51.100.7"] })],
    [({ ips }) => ({ ips: (ips as string[]).map((each, at) => (at === 0 ? swapped(each, 3) : each)) })],
    [() => ({ ips: [] })],
    [() => ({ dedicatedIpId: "egs-other" })],
  ]),
];
