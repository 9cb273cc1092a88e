/** Whether a packet to a block is forwarded beyond one administrative domain (RFC 8190 section 2). */
export enum GlobalReach {
  YES = "yes",
  NO = "no",
  /** The registry says neither: the block is deprecated, or depends on the address that is embedded in it. */
  NOT_APPLICABLE = "not applicable",
}

/** A block that a registry of the IANA sets apart from ordinary unicast addresses. */
export interface SpecialBlock {
  /** The block as the registry writes it. */
  readonly prefix: string;
  /** The registry's name for it. */
  readonly name: string;
  /** The registry's column "Globally Reachable". A more specific block overrides it for its own addresses. */
  readonly globallyReachable: GlobalReach;
  /** The numbers of the RFCs that define it. */
  readonly rfcs: readonly number[];
}

/** A row of a registry. */
export function block(
  prefix: string,
  name: string,
  globallyReachable: GlobalReach,
  ...rfcs: readonly number[]
): SpecialBlock {
  return Object.freeze({ prefix, name, globallyReachable, rfcs: Object.freeze(rfcs) });
}
