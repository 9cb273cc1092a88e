import { Port } from "../../../network/ports";
import { type JsonObject, resourcesOf } from "../../terraform/json";
import type { Check } from "./finding";
import { ALL_PORTS, covers, type PortRange, portRange } from "../../statements/spectrum";

/** Ports of the datastores: closed to the public under whatever number the edge opens them. */
const CLOSED: readonly number[] = [Port.POSTGRES, Port.POSTGRES_POOLER, Port.REDIS];

/**
 * Finds every Spectrum application, since each opens a port of the edge beside the proxy's, past every rule for HTTP
 * (https://developers.cloudflare.com/spectrum/). One that reaches a datastore's port is named as such, be it the port at
 * the edge or the one at the origin.
 */
export const spectrumPort: Check = (terraformJson) =>
  resourcesOf(terraformJson, "cloudflare_spectrum_application").map(({ value: application, pointer }) => {
    const exposed = CLOSED.filter((port) => portsOf(application).some((range) => covers(range, port)));
    return {
      pointer,
      wrong: `Spectrum ${described(application)} ${exposed.length > 0 ? `exposes ${exposed.join(", ")}` : "opens a port"} to the public`,
      meant: "only 443, and 80 to redirect to it, are open to the public; the datastores' ports are closed",
      change: "remove the application: the proxy serves 443 and 80 without it",
    };
  });

const described = ({ protocol }: JsonObject): string =>
  typeof protocol === "string" ? protocol : "of no known protocol";

/** The ports at the edge and at the origin; what can't be read may be any port. */
function portsOf({ protocol, origin_port: originPort, origin_direct: originDirect }: JsonObject): readonly PortRange[] {
  const direct: readonly unknown[] = Array.isArray(originDirect) ? originDirect : [];
  return [
    ports(protocol, /^(?:tcp|udp)\/(.*)$/),
    ...direct.map((origin) => ports(origin, /:(\d+)$/)),
    ...(originPort === undefined || originPort === null ? [] : [ports(originPort, /^(.*)$/)]),
  ];
}

function ports(value: unknown, form: RegExp): PortRange {
  const text = typeof value === "number" ? String(value) : value;
  const [, digits = ""] = typeof text === "string" ? (form.exec(text) ?? []) : [];
  return portRange(digits) ?? ALL_PORTS;
}
