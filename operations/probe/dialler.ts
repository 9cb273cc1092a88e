import { Resolver } from "node:dns/promises";
import { connect, type Socket } from "node:net";

/** How the probe gets out: names and connections. Tests have one that leads to loopback. */
export interface Dialler {
  /**
   * The addresses that a name has, IPv4 first.
   *
   * @throws {Error} with the resolver's code where the name has none, or nobody can say
   */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** Opens one TCP connection. */
  readonly connect: (address: string, port: number) => Socket;
  /**
   * The certificates that vouch for others, in PEM.
   *
   * @default - those that Node comes with
   */
  readonly authorities?: string;
}

const NO_SUCH_RECORD = "ENODATA";

/**
 * The machine's own network. Names are asked of the name servers, so that a hosts file doesn't answer for the outside,
 * and connections are made directly, whatever proxy the machine has.
 */
export function systemDialler(): Dialler {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  return {
    resolve: async (host) => {
      const families = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
      const addresses = families.flatMap((family) => (family.status === "fulfilled" ? family.value : []));
      if (addresses.length > 0) return addresses;
      const reasons = families.flatMap((family) => (family.status === "rejected" ? [family.reason as Error] : []));
      throw reasons.find(({ code }: NodeJS.ErrnoException) => code !== NO_SUCH_RECORD) ?? reasons[0] ?? new Error(host);
    },
    connect: (host, port) => connect({ host, port }),
  };
}
