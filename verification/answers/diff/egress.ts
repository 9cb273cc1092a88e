import { AddressSet } from "../../../network/address-set";
import { addressValues } from "../../edge/values";
import { controlOf, gatewayOf, type GatewayPolicy } from "../../gateway/account";
import { compareEnds, type ConnectionChange } from "../../gateway/compare";
import { shownConnection } from "../../gateway/connection";
import { controlAt } from "../../result";
import { isKnown, nameOfValue } from "../../terraform/value";
import { type App, both, type Pair } from "../app";
import { Area, type Difference, differenceOf, Direction } from "./difference";
import { type Admission, admissionDifferences } from "./admissions";
import { type Fact, factDifferences, factsOf } from "./fact";
import type { Sides } from "./sides";
import { whom } from "./requests/words";

/** The accounts whose Gateway an app may change. */
function accountsOf({ before, after }: Pair<App>): readonly string[] {
  const accounts = [before, after].flatMap(({ model, policies }) => [
    ...policies.map(({ workers: { zone } }) => zone.account),
    ...["cloudflare_zero_trust_gateway_policy", "cloudflare_zero_trust_gateway_proxy_endpoint"]
      .flatMap((type) => model.ofType(type))
      .map(({ attributes }) => nameOfValue(attributes["account_id"])),
  ]);
  return [...new Set(accounts)];
}

/** Where workers may connect, and whom their proxies admit. */
export function egressDifferences(sides: Sides): readonly Difference[] {
  const accounts = accountsOf(sides);
  const of = <T>(read: (app: App, account: string) => readonly T[]): Pair<readonly T[]> =>
    both(sides, (app) => accounts.flatMap((account) => read(app, account)));
  return [
    ...factDifferences(of(otherLayerFacts)),
    ...admissionDifferences(of(proxyAdmissions), sides.names),
    ...accounts.flatMap((account) => connectionDifferences(sides, account)),
  ];
}

/** Where connections through the Gateway of an account end, compared for all connections. */
function connectionDifferences({ names, ...apps }: Sides, account: string): readonly Difference[] {
  const { before, after } = both(apps, ({ model }) => gatewayOf(model, account).network);
  const forms = [formOf(before), formOf(after)];
  if (forms[0] === forms[1]) return [];
  const compared = compareEnds(before, after);
  const environments = [...new Set([...after, ...before].map(({ stack }) => stack))];
  const about = { area: Area.EGRESS, environments, subject: { of: account, parts: [] } };
  if (compared.kind === "found") {
    return compared.value.map((change) => differenceOf({ ...about, ...toldOf(change, names, forms) }));
  }
  const what = `connections by the Gateway of ${account}`;
  const sentence = `it is unknown where the Gateway of ${account} lets workers connect`;
  const notes = [`the policies tell apart too many values of ${compared.what}`];
  return [differenceOf({ ...about, direction: Direction.UNDECIDED, what, sentence, notes })];
}

/** All that the policies say, but their names: equal forms decide alike. */
function formOf(policies: readonly GatewayPolicy[]): string {
  return JSON.stringify(
    policies.map(({ layer, action, precedence, traffic, restrictions }) => [
      ...[layer ?? null, action ?? null, precedence ?? null, traffic ?? null],
      restrictions.map(({ text, isHidden }) => [text, isHidden]),
    ]),
  );
}

const ENDS = { allow: "allowed", block: "blocked", undecided: "undecided" } as const;

function toldOf(
  { before, after, example, sources, hosts, ports, protocols }: ConnectionChange,
  names: readonly AddressSet[],
  forms: readonly string[],
) {
  const notes = [...new Set([...before.reasons, ...after.reasons])];
  const changed = after.answer === "allow" ? Direction.OPENED : Direction.CLOSED;
  const to = `${hosts.join(", ")} on ${ports.join(", ")}`;
  const from = whom(addressValues(sources, names));
  const verb = { allow: "may connect", block: "may not connect", undecided: "may or may not connect" }[after.answer];
  return {
    ...{ sentence: `${from} ${verb} to ${to} by Gateway`, reach: { from, to } },
    ...{ direction: notes.length > 0 ? Direction.UNDECIDED : changed, notes },
    ...{ before: ENDS[before.answer], after: ENDS[after.answer] },
    by: { before: before.policy && controlOf(before.policy), after: after.policy && controlOf(after.policy) },
    what: `${from} → ${to} by Gateway (${protocols.join(", ")})`,
    examples: [shownConnection(example)],
    addresses: sources,
    // "Any other host" depends on all that the policies name.
    exactly: [protocols, ports, hosts, sources.cidrs(), ...forms],
  };
}

function proxyAdmissions({ model }: App, account: string): readonly Admission[] {
  const { endpoints } = gatewayOf(model, account);
  const known = endpoints.filter(({ kind }) => kind === "ip");
  const [first] = known;
  if (first === undefined) return [];
  return [
    {
      area: Area.EGRESS,
      environments: [...new Set(known.map(({ resource }) => resource.stack))],
      target: `the workers' proxy of ${account}`,
      endpoint: "the proxy",
      addresses: known.reduce<AddressSet | undefined>(
        (all, { sources }) => (all === undefined || sources === undefined ? undefined : all.union(sources)),
        AddressSet.empty("sources"),
      ),
      written: known
        .map(({ resource }) => nameOfValue(resource.attributes["ips"]))
        .sort()
        .join("\n"),
      control: controlAt(first.resource),
      otherwise: { addresses: AddressSet.empty("nobody"), words: "closed: there is no proxy" },
      subject: { of: account, parts: ["proxy"] },
    },
  ];
}

/** The effects of Gateway's other layers, as they are written. */
function otherLayerFacts({ model }: App, account: string): readonly Fact[] {
  const { others } = gatewayOf(model, account);
  return others.map(({ stack, layer, name, action, traffic, resource }) => {
    const fact = factsOf({ area: Area.EGRESS, environments: [stack], of: account, control: controlAt(resource) });
    const what = `connections that Gateway's ${layer ?? "unknown"} policy "${name}" is about`;
    const value = `${action ?? "treated otherwise"}: ${traffic ?? "unknown"}`;
    const level = { value, isKnown: isKnown(resource.attributes["traffic"] ?? null) };
    return fact([layer ?? "", name], what, level, { value: "untouched" });
  });
}
