import { AddressSet } from "../../network/address-set";
import { Port } from "../../network/ports";
import type { RenderKeyValue } from "../../policy/datastore";
import type { Result } from "../result";
import { listHolds } from "./allow-list";
import { assertion, type Assertions, each } from "./assertion";
import type { Scene } from "./scene";
import { spectrumOpensNone } from "./spectrum";

/**
 * PORTS-4: 6379 (Redis) is closed to external traffic. The environment's services reach a Key Value instance through the
 * private network.
 *
 * @see https://render.com/docs/key-value
 */
export const PORTS_4: Assertions = [
  assertion("No public address reaches a Key Value instance.", each(instancesOf, admitsNobody)),
  spectrumOpensNone(Port.REDIS),
];

export function instancesOf({ policy }: Scene): readonly RenderKeyValue[] {
  const { datastores = [] } = policy.databases;
  return datastores.filter((datastore) => datastore.kind === "render-key-value");
}

function admitsNobody({ instance }: RenderKeyValue, scene: Scene): Result {
  return listHolds(
    {
      ...{ kind: "render-key-value-allow-list", id: instance, port: Port.REDIS },
      declared: AddressSet.empty("nobody"),
      unheld: "nothing in the JSON closes it",
      surplus: (blocks) => ({
        wrong: `reaches ${instance}, whose list admits ${blocks}`,
        change: "empty the list: services reach it through Render's private network",
      }),
      accepted: [],
    },
    scene,
  );
}
