/** TCP or UDP ports from the first to the last, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** A port that can't be read may be any port. */
export const ALL_PORTS: PortRange = { first: 0, last: 65535 };

export const covers = ({ first, last }: PortRange, port: number): boolean => first <= port && port <= last;

/**
 * The ports of a Spectrum application, at the edge and at the origin; undefined for each that can't be read.
 *
 * @param application its attributes
 * @see https://developers.cloudflare.com/spectrum/reference/configuration-options/
 */
export function spectrumPorts(application: Readonly<Record<string, unknown>>): readonly (PortRange | undefined)[] {
  const { protocol, origin_port: originPort, origin_direct: direct } = application;
  return [
    portsIn(protocol, /^(?:tcp|udp)\/(.*)$/),
    ...given(originPort).map((port) => portsIn(port, /^(.*)$/)),
    // Only the apply knows which ports a value holds that is no list.
    ...given(direct)
      .flat()
      .map((origin) => portsIn(origin, /:(\d+)$/)),
  ];
}

const given = (value: unknown): readonly unknown[] => (value === undefined || value === null ? [] : [value]);

/** The ports in `5432` or `1000-2000`. */
function portsIn(value: unknown, form: RegExp): PortRange | undefined {
  const text = typeof value === "number" ? String(value) : value;
  const [, digits = ""] = typeof text === "string" ? (form.exec(text) ?? []) : [];
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(digits) ?? [];
  if (first === undefined || last === undefined) return undefined;
  const range = { first: Number(first), last: Number(last) };
  return range.first <= range.last && range.last <= ALL_PORTS.last ? range : undefined;
}
