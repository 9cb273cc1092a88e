import { HostNotation } from "../../network/host-notation";
import { type DedicatedAddresses, egressBlocks } from "../../policy/egress-addresses";
import { ApplierKind } from "./applier";
import type { AppliedStateProps } from "./applied-state";

/** That a set of dedicated addresses is running and has exactly the declared ones. */
export function dedicatedAddresses(dedicated: DedicatedAddresses): AppliedStateProps {
  const { set } = dedicated;
  return {
    kind: ApplierKind.RENDER_DEDICATED_ADDRESSES,
    target: set,
    desiredState: { dedicatedIpId: set, ips: egressBlocks(dedicated, HostNotation.BARE) },
  };
}
