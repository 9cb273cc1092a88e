import { Port } from "../../network/ports";
import type { RenderKeyValue } from "../../policy/datastore";
import type { Applier } from "../appliers/applier";
import { asserted, controlAt, type Result, undecided, violated } from "../result";
import { addressesIn, blocksIn, endpointsOf, held, nothingCloses, stateOf } from "./applied-state";
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
  assertion("No public address reaches a Key Value instance.", each(instancesOf, closed)),
  spectrumOpensNone(Port.REDIS),
];

const KIND = "render-key-value-allow-list";

function instancesOf({ policy }: Scene): readonly RenderKeyValue[] {
  const { datastores = [] } = policy.databases;
  return datastores.filter((datastore) => datastore.kind === "render-key-value");
}

function closed({ instance }: RenderKeyValue, scene: Scene): Result {
  return held(
    scene,
    [KIND, instance],
    (applier) => admitsNobody(instance, applier),
    () => nothingCloses(instance, Port.REDIS, KIND),
  );
}

function admitsNobody(instance: string, applier: Applier<typeof KIND>): Result {
  const blocks = applier.state.ipAllowList.map(({ cidrBlock }) => cidrBlock);
  const admitted = addressesIn(instance, blocks);
  if (admitted === undefined) return undecided(`whom ${instance} admits isn't understood`, stateOf(applier));
  if (admitted.isEmpty) return asserted([controlAt(applier.resource)]);
  return violated({
    counterexample: endpointsOf(admitted, Port.REDIS),
    wrong: `reaches ${instance}, whose list admits ${blocksIn(admitted)}`,
    by: stateOf(applier),
    change: "empty the list: services reach it through Render's private network",
  });
}
