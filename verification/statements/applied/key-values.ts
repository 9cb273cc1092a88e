import { Port } from "../../../network/ports";
import type { RenderKeyValue } from "../../../policy/datastore";
import { Strength } from "../../../policy/statements";
import type { Applier } from "../../appliers/applier";
import { type Result, controlAt, proven, undecided, violated } from "../../result";
import type { Scene } from "../scene";
import { always, type Propositions } from "../vocabulary";
import { addressesIn, blocksIn, endpointsOf, stateOf } from "./addresses";
import { nothingCloses } from "./databases";
import { closedAtTheEdge } from "./edge-ports";
import { held } from "./held";

const KIND = "render-key-value-allow-list";

/**
 * PORTS-4: a Key Value instance admits no public address. The environment's services reach it through the private network.
 *
 * @see https://render.com/docs/key-value
 */
export const PORTS_4: Propositions = [
  always("that a Key Value instance is closed to every public address", instancesOf, (instance, scene) =>
    held(
      scene,
      [KIND, instance.instance],
      (applier) => noAddresses(instance, applier),
      () => nothingCloses(instance.instance, Port.REDIS, KIND),
    ),
  ),
  closedAtTheEdge(Port.REDIS),
];

function instancesOf({ policy }: Scene): readonly RenderKeyValue[] {
  const { datastores = [] } = policy.databases;
  return datastores.filter((datastore) => datastore.kind === "render-key-value");
}

function noAddresses({ instance }: RenderKeyValue, applier: Applier<typeof KIND>): Result {
  const blocks = applier.state.ipAllowList.map(({ cidrBlock }) => cidrBlock);
  const admitted = addressesIn(instance, blocks);
  if (admitted === undefined) return undecided(`whom ${instance} admits isn't understood`, stateOf(applier));
  if (admitted.isEmpty) return proven(Strength.ASSERTED, [controlAt(applier.resource)]);
  return violated({
    counterexample: endpointsOf(admitted, Port.REDIS),
    wrong: `reaches ${instance}, whose list admits ${blocksIn(admitted)}`,
    by: stateOf(applier),
    change: "empty the list: services reach it through Render's private network",
  });
}
