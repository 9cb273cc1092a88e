import type { AddressSet } from "../../network/address-set";
import type { Port } from "../../network/ports";
import { type AdmittingKind, admittedBlocks } from "../appliers/desired-state";
import {
  type Acceptance,
  asserted,
  controlAt,
  NOT_APPLICABLE,
  type Result,
  undecided,
  violated,
  type Violation,
} from "../result";
import { addressesIn, blocksIn, endpointsOf, held, stateOf } from "./applied-state";
import type { Scene } from "./scene";

/** A list of the addresses that a platform admits to a thing, and those that it should. */
export interface AllowList {
  readonly kind: AdmittingKind;
  /** The thing's id on its platform. */
  readonly id: string;
  readonly port: Port;
  readonly declared: AddressSet;
  /** The fault where nothing holds the list. */
  readonly unheld: string;
  /** The words for blocks that are admitted and not declared. */
  readonly surplus: (blocks: string) => Words;
  /**
   * The words for blocks that are declared and not admitted.
   *
   * @default - they need not be admitted
   */
  readonly missing?: (blocks: string) => Words;
  /** The environment's decisions about the list. */
  readonly accepted: readonly Acceptance[];
}

type Words = Pick<Violation, "wrong" | "change">;

/** One applier holds a list, and it admits the addresses that it should. */
export function listHolds(list: AllowList, scene: Scene): Result {
  const { kind, id, port, declared, unheld, surplus, missing, accepted } = list;
  return held(
    scene,
    [kind, id],
    (applier) => {
      const admitted = addressesIn(id, admittedBlocks(applier.state));
      if (admitted === undefined) return undecided(`the proof doesn't understand whom ${id} admits`, stateOf(applier));
      const differing = (addresses: AddressSet, words: typeof missing): Result =>
        words === undefined || addresses.isEmpty
          ? NOT_APPLICABLE
          : violated({
              counterexample: endpointsOf(addresses, port),
              by: stateOf(applier),
              ...words(blocksIn(addresses)),
            });
      return [
        differing(admitted.difference(declared), surplus),
        differing(declared.difference(admitted), missing),
        asserted([controlAt(applier.resource)], { accepted }),
      ];
    },
    () =>
      violated({
        counterexample: [`0.0.0.0/0 may reach ${id}:${port}`],
        wrong: unheld,
        change: `apply ${kind} to ${id}`,
      }),
  );
}
