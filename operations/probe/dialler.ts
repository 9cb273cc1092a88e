import type { Socket } from "node:net";

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
