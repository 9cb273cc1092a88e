import { Strength } from "../../../policy/strength";
import type { Resource } from "../../model/terraform/stack";
import { isList, nameOfValue, type Value } from "../../model/terraform/value";
import { ALL_PORTS, covers, portRange, type PortRange } from "../../lint/port-ranges";
import { type Conclusion, controlAt, provenBy, undecided } from "../conclusion";
import type { Scene } from "../scene";
import { never, type Proposition } from "../vocabulary";

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
    return found.length > 0 ? found : [provenBy(Strength.ENFORCED, [])];
  });
}

function applicationsOf({ model, edge }: Scene): readonly Resource[] {
  return model.inZone(edge.zone.id, "cloudflare_spectrum_application");
}

function opened(application: Resource, ports: readonly number[]): readonly Conclusion[] {
  const { protocol, origin_port: originPort, origin_direct: direct, dns } = application.attributes;
  const ranges = [
    rangeOf(protocol, /^(?:tcp|udp)\/(.*)$/),
    ...(originPort === undefined || originPort === null ? [] : [rangeOf(originPort, /^(.*)$/)]),
    ...(isList(direct) ? direct.map((origin) => rangeOf(origin, /:(\d+)$/)) : []),
  ];
  const isUnknown = ranges.some((range) => range === undefined);
  const reached = ports.filter((port) => ranges.some((range) => covers(range ?? ALL_PORTS, port)));
  if (ports.length > 0 && reached.length === 0) return [];
  if (isUnknown) return [undecided("only the apply knows which ports the Spectrum application opens", application)];
  const port = reached[0] ?? ranges[0]?.first ?? 0;
  return [
    {
      kind: "violated",
      witnesses: [`${nameOfValue((dns as { name?: Value } | undefined)?.name ?? "the edge")}:${port}`],
      what: "is open to the public, past every rule of the edge",
      by: controlAt(application),
      change: "remove the Spectrum application: the proxy serves 443 and 80 without it",
    },
  ];
}

function rangeOf(value: Value | undefined, form: RegExp): PortRange | undefined {
  const text = typeof value === "number" ? String(value) : value;
  const [, digits = ""] = typeof text === "string" ? (form.exec(text) ?? []) : [];
  return portRange(digits);
}
