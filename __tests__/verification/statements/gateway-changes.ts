import { environments } from "../../../environments";
import { allOf, type Result, undecidedBy } from "../../../verification/result";
import { unknownAbout } from "../../../verification/statements/unknowns";
import { WORK_2 } from "../../../verification/statements/work-2";
import { type StatementResult, resultsOf } from "../../../verification/statements/results";
import {
  type Change,
  type JsonTree,
  pointerTo,
  proofScenes,
  replaceAt,
  sceneOf,
  stackOf,
} from "../../support/proof-scenes";

export const POLICY = "cloudflare_zero_trust_gateway_policy";
export const ENDPOINT = "cloudflare_zero_trust_gateway_proxy_endpoint";
/** Where the workers of the shipped production are known by. */
export const SOURCE = "net.src.ip in {203.0.113.20 203.0.113.21 203.0.113.22}";

/** The results of WORK-2 in the shipped environments. */
export function shipped(): Readonly<Record<string, StatementResult>> {
  const scenes = proofScenes(environments);
  const policies = scenes.map(({ policy }) => policy);
  const results = scenes.slice(0, 1).flatMap(({ model }) => resultsOf(model, policies));
  const own = results.filter(({ statement }) => statement === "WORK-2");
  return Object.fromEntries(own.map((result) => [result.environment, result]));
}

/** The result of WORK-2 in the shipped production, its JSON changed by one thing. */
export function production(change?: Change): Result {
  const scene = sceneOf(environments, change, "production");
  return allOf([...WORK_2.map(({ check }) => check(scene)), undecidedBy(unknownAbout("WORK-2", scene))]);
}

/** Gives some attributes of a production resource other values; undefined removes one. */
export function given(type: string, part: string, attributes: JsonTree): Change {
  return (folder) => {
    const pointer = pointerTo(folder, "production", type, part);
    for (const [name, value] of Object.entries(attributes)) {
      replaceAt(folder, "production", `${pointer}/${name}`, () => value);
    }
  };
}

/** Changes the traffic of production's allow or deny. */
export function traffic(part: "allow" | "block", change: (expression: string) => string): Change {
  return (folder) => {
    const pointer = pointerTo(folder, "production", POLICY, part);
    replaceAt(folder, "production", `${pointer}/traffic`, (value) => change(String(value)));
  };
}

/** Adds a network policy to a stack. */
export function added(stack: string, policy: JsonTree, name = "Other"): Change {
  return (folder) => {
    const { json } = stackOf(folder, stack);
    const types = json["resource"] as Record<string, JsonTree>;
    types[POLICY] = {
      ...types[POLICY],
      [name]: { account_id: ACCOUNT, name: "other", enabled: true, filters: ["l4"], precedence: 900, ...policy },
    };
  };
}

const ACCOUNT = "0123456789abcdef0123456789abcdef";
