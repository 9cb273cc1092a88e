import { ALL_PORTS, covers, type PortRange, spectrumPorts } from "../edge/spectrum-ports";
import { inZone } from "../edge/zone";
import { controlAt, enforced, NOT_APPLICABLE, type Result, undecided, violated } from "../result";
import { DNS_NAME } from "../terraform/identity";
import type { Resource } from "../terraform/stack";
import { isValueObject, nameOfValue, type Value } from "../terraform/value";
import { type Assertion, assertion } from "./assertion";
import type { Scene } from "./scene";

/** Spectrum opens ports past every rule, so no application of it may open one. */
export const SPECTRUM_OPENS_NO_PORT = assertion("No Spectrum application opens a port.", (scene) => {
  const found = opened(scene, []);
  return found.length > 0 ? found : enforced();
});

/** The edge leads no client to these ports of a datastore. Without a Spectrum application there is nothing to hold. */
export function spectrumOpensNone(...ports: readonly number[]): Assertion {
  const check = (scene: Scene) => [NOT_APPLICABLE, ...opened(scene, ports)];
  return assertion(`No Spectrum application opens ${ports.join(" or ")}.`, check);
}

/**
 * The Spectrum applications of the zone that open one of these ports, at the edge or at the origin. Without ports: any at all.
 *
 * @see https://developers.cloudflare.com/spectrum/reference/configuration-options/
 */
export function opened(scene: Scene, ports: readonly number[]): readonly Result[] {
  return applicationsOf(scene).flatMap((application) => openedBy(application, ports));
}

/** All ports in ranges: an application that opens one port of a range opens each of it. */
export function portsAlike(scene: Scene): readonly PortRange[] {
  const ranges = applicationsOf(scene).flatMap(({ attributes }) => spectrumPorts(attributes));
  const edges = ranges.flatMap((range) => [range?.first ?? 0, (range?.last ?? ALL_PORTS.last) + 1]);
  const firsts = [...new Set([0, ...edges])]
    .filter((port) => covers(ALL_PORTS, port))
    .sort((one, other) => one - other);
  return firsts.map((first, at) => ({ first, last: (firsts[at + 1] ?? ALL_PORTS.last + 1) - 1 }));
}

/** The rules don't hold requests that a Spectrum application leads past them, on any port. */
export function spectrumLeadsNowhere(scene: Scene): readonly Result[] {
  const environments = scene.policies.map(({ environment }) => environment);
  const guarded = new Set(
    environments.flatMap(({ hosts }) => [...Object.keys(hosts), ...Object.values(hosts).map(({ address }) => address)]),
  );
  return applicationsOf(scene).map((application) => {
    const { dns, origin_dns: origin } = application.attributes;
    const name = [dns, origin].flatMap(nameIn).find((each) => guarded.has(DNS_NAME(each) ?? ""));
    if (name === undefined)
      return undecided("it is unknown where the Spectrum application leads", application, "identity");
    return openness(name, application);
  });
}

/** The name by which a Spectrum application is reached, or that of its origin. */
function nameIn(value: Value | undefined): readonly string[] {
  const { name } = isValueObject(value) ? value : {};
  return name === undefined ? [] : [nameOfValue(name)];
}

function applicationsOf({ model, edge }: Scene): readonly Resource[] {
  return inZone(model, edge.zone.id, "cloudflare_spectrum_application");
}

function openedBy(application: Resource, ports: readonly number[]): readonly Result[] {
  const ranges = spectrumPorts(application.attributes);
  const isUnknown = ranges.some((range) => range === undefined);
  const reached = ports.filter((port) => ranges.some((range) => covers(range ?? ALL_PORTS, port)));
  if (ports.length > 0 && reached.length === 0) return [];
  if (isUnknown) return [undecided("only the apply knows which ports the Spectrum application opens", application)];
  const port = reached[0] ?? ranges[0]?.first ?? 0;
  const [name = "the edge"] = nameIn(application.attributes["dns"]);
  return [openness(`${name}:${port}`, application)];
}

function openness(endpoint: string, application: Resource): Result {
  return violated({
    counterexample: [endpoint],
    wrong: "is open to the public, past every rule of the edge",
    by: controlAt(application),
    change: "remove the Spectrum application: the proxy serves 443 and 80 without it",
  });
}
