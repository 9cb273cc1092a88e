import { inZone } from "../../edge/zone";
import { Strength } from "../../../policy/statements";
import type { Resource } from "../../terraform/stack";
import { isValueObject, nameOfValue, type Value } from "../../terraform/value";
import { ALL_PORTS, covers, spectrumPorts } from "../../edge/spectrum-ports";
import { type Result, controlAt, proven, undecided, violated } from "../../result";
import type { Scene } from "../scene";
import { never, type Proposition } from "../vocabulary";
import { comparable } from "./record-names";

/**
 * No Spectrum application of the zone opens one of these ports, at the edge or at the origin. Without ports: any at all,
 * since each is open past every rule.
 *
 * @see https://developers.cloudflare.com/spectrum/reference/configuration-options/
 */
export function spectrumOpens(...ports: readonly number[]): Proposition {
  const what = ports.length === 0 ? "a port" : ports.join(", ");
  return never(`does a Spectrum application open ${what}`, (scene) => {
    const found = applicationsOf(scene).flatMap((application) => opened(application, ports));
    return found.length > 0 ? found : [proven(Strength.ENFORCED, [])];
  });
}

/** What passes by the rules isn't held by them, whichever port it comes on: what a Spectrum application leads to. */
export function spectrumPasses(scene: Scene): readonly Result[] {
  const environments = scene.policies.map(({ environment }) => environment);
  const guarded = new Set(
    environments.flatMap(({ hosts }) => [...Object.keys(hosts), ...Object.values(hosts).map(({ address }) => address)]),
  );
  return applicationsOf(scene).map((application) => {
    const { dns, origin_dns: origin } = application.attributes;
    const name = [dns, origin].flatMap(nameIn).find((each) => guarded.has(comparable(each)));
    if (name === undefined) return undecided("nobody here knows what the Spectrum application leads to", application);
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

function opened(application: Resource, ports: readonly number[]): readonly Result[] {
  const ranges = spectrumPorts(application.attributes);
  const isUnknown = ranges.some((range) => range === undefined);
  const reached = ports.filter((port) => ranges.some((range) => covers(range ?? ALL_PORTS, port)));
  if (ports.length > 0 && reached.length === 0) return [];
  if (isUnknown) return [undecided("only the apply knows which ports the Spectrum application opens", application)];
  const port = reached[0] ?? ranges[0]?.first ?? 0;
  const [name = "the edge"] = nameIn(application.attributes["dns"]);
  return [openness(`${name}:${port}`, application)];
}

function openness(witness: string, application: Resource): Result {
  return violated({
    counterexample: [witness],
    wrong: "is open to the public, past every rule of the edge",
    by: controlAt(application),
    change: "remove the Spectrum application: the proxy serves 443 and 80 without it",
  });
}
