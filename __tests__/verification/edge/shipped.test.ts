import { environments } from "../../../environments";
import { Policy } from "../../../policy/policy";
import type { EdgeZone } from "../../../verification/edge/zone";
import { ports1 } from "../../../verification/statements/ports-1";
import { ports2 } from "../../../verification/statements/ports-2";
import { edgeZonesIn } from "../../support/edge-zones";
import { synthesizedOnce } from "../../support/synthesized-once";
import { hook1 } from "./edge";

const { stacks } = synthesizedOnce(environments);
const edges = Policy.across(environments).map((policy) => {
  const zones = edgeZonesIn(stacks[policy.name] ?? {});
  return { name: policy.name, zone: zones[0] as EdgeZone, edge: policy.edge };
});
const proofs = () =>
  edges.flatMap(({ zone, edge }) => [hook1, ports1, ports2].map((statement) => statement(zone, edge)));

describe("the edges of the shipped environments", () => {
  test("are proven, each statement of each", () => {
    expect(edges.map(({ name }) => name)).toEqual(["dev", "staging", "production"]);
    expect(proofs().map(({ kind }) => kind)).toEqual(Array<string>(9).fill("proven"));
  });
});
