import { AddressSet } from "../../network/address-set";
import { HostNotation } from "../../network/host-notation";
import type { RenderAllowList } from "../../policy/web-ingress";
import type { AppliedStateProps } from "../applied-state/applied-state";
import { ApplierKind } from "../applied-state/applier";

/**
 * That a web service admits exactly these addresses, as the fewest blocks that hold them.
 *
 * @see https://render.com/docs/inbound-ip-rules
 */
export function allowList(environment: string, service: string, { addresses }: RenderAllowList): AppliedStateProps {
  const description = `ingress of ${environment}`;
  const blocks = AddressSet.of(description, addresses).cidrs(HostNotation.RENDER);
  return {
    kind: ApplierKind.RENDER_WEB_SERVICE_ALLOW_LIST,
    target: service,
    desiredState: { serviceId: service, ipAllowList: blocks.map((cidrBlock) => ({ cidrBlock, description })) },
  };
}
