import type { Worker } from "../../policy/worker";
import type { Applier } from "../appliers/applier";
import { asserted, controlAt, type Result, violated } from "../result";
import { held, stateOf } from "./applied-state";
import { assertion, type Assertions, each } from "./assertion";
import type { Scene } from "./scene";

/**
 * WORK-1: internal workers have no inbound access from outside.
 *
 * @see https://render.com/docs/service-types
 */
export const WORK_1: Assertions = [
  assertion("Each worker has its declared type, which accepts no connections.", each(workersOf, ofDeclaredType)),
];

const KIND = "render-service-type";

export function workersOf({ policy }: Scene): readonly Worker[] {
  return policy.environment.workers ?? [];
}

function ofDeclaredType({ service, type }: Worker, scene: Scene): Result {
  return held(
    scene,
    [KIND, service],
    (applier: Applier<typeof KIND>) => {
      const found = applier.state.type;
      if (found === type) return asserted([controlAt(applier.resource)]);
      return violated({
        counterexample: [service],
        wrong: `is checked to be of type ${JSON.stringify(found)}, and is declared as ${type}`,
        by: stateOf(applier),
        change: `check that it is of type ${type}, or declare the other type where it takes no connections`,
      });
    },
    () =>
      violated({
        counterexample: [service],
        wrong: "may be of a type that takes connections: nothing in the JSON checks it",
        change: `apply ${KIND} to ${service}, with type ${type}`,
      }),
  );
}
