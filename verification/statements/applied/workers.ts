import { Strength } from "../../../policy/statements";
import type { Worker } from "../../../policy/worker";
import type { Applier } from "../../appliers/applier";
import { type Result, controlAt, proven, violated } from "../../result";
import type { Scene } from "../scene";
import { always, type Propositions } from "../vocabulary";
import { stateOf } from "./addresses";
import { held } from "./held";

const KIND = "render-service-type";

/**
 * WORK-1: a worker is of a type to which nothing can connect.
 *
 * @see https://render.com/docs/service-types
 */
export const WORK_1: Propositions = [
  always("that a worker is of its declared type, which takes no connections", workersOf, (worker, scene) =>
    held(
      scene,
      [KIND, worker.service],
      (applier) => declaredType(worker, applier),
      () => unchecked(worker),
    ),
  ),
];

function workersOf({ policy }: Scene): readonly Worker[] {
  return policy.environment.workers ?? [];
}

function declaredType({ service, type }: Worker, applier: Applier<typeof KIND>): Result {
  const found = applier.state.type;
  if (found === type) return proven(Strength.ASSERTED, [controlAt(applier.resource)]);
  return violated({
    counterexample: [service],
    wrong: `is checked to be of type ${JSON.stringify(found)}, and is declared as ${type}`,
    by: stateOf(applier),
    change: `check that it is of type ${type}, or declare the other type where it takes no connections`,
  });
}

function unchecked({ service, type }: Worker): Result {
  return violated({
    counterexample: [service],
    wrong: "may be of a type that takes connections: nothing in the JSON checks it",
    change: `apply ${KIND} to ${service}, with type ${type}`,
  });
}
