import type { RenderKeyValue } from "../../policy/datastore";
import { type AppliedStateProps } from "../applied-state/applied-state";
import { ApplierKind } from "../applied-state/applier";

/**
 * PORTS-4: a Key Value instance admits no public address. Services reach it through the private network.
 *
 * @see https://render.com/docs/key-value
 */
export function renderKeyValue({ instance }: RenderKeyValue): AppliedStateProps {
  return {
    kind: ApplierKind.RENDER_KEY_VALUE_ALLOW_LIST,
    target: instance,
    desiredState: { keyValueId: instance, ipAllowList: [] },
  };
}
