/** TCP or UDP ports from the first to the last, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export const ALL_PORTS: PortRange = { first: 0, last: 65535 };

/**
 * The ports in `5432` or `1000-2000`, as Spectrum writes them
 * (https://developers.cloudflare.com/spectrum/reference/configuration-options/); nothing for any other text.
 */
export function portRange(text: string): PortRange | undefined {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (first === undefined || last === undefined) return undefined;
  const range = { first: Number(first), last: Number(last) };
  return range.first <= range.last && range.last <= ALL_PORTS.last ? range : undefined;
}

export const covers = ({ first, last }: PortRange, port: number): boolean => first <= port && port <= last;
