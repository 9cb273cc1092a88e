/** How much of an answer is waited for. */
export interface Limits {
  /** The time until the answer is whole, in milliseconds. */
  readonly milliseconds: number;
  /** The length of the answer, unpacked, in bytes. */
  readonly bytes: number;
}

/**
 * Several times what the sources need: the route query answers about 1,300 objects of some 400 bytes each, the others a few
 * kilobytes.
 */
export const DEFAULT_LIMITS: Limits = { milliseconds: 30_000, bytes: 4 * 1024 * 1024 };
