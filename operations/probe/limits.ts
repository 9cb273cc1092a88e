/** What one connection may take. */
export interface Limits {
  /** From the look-up of the name to the last byte that matters, in milliseconds. */
  readonly milliseconds: number;
  /** The headers of an answer, in bytes. */
  readonly headerBytes: number;
  /** The part of a body that is read, where one is, in bytes. */
  readonly bodyBytes: number;
  /** How many connections are open at the same time. */
  readonly connections: number;
}

export const LIMITS: Limits = { milliseconds: 10_000, headerBytes: 16_384, bodyBytes: 4_096, connections: 4 };
