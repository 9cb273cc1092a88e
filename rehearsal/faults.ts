import { InvalidInput } from "../errors/invalid-input";
import { type Fault, json, reset, status, truncated } from "./fault";
import type { Deploy } from "./deploy";
import type { Platforms } from "./platforms";
import type { Call, Struck } from "./server";
import { platformOf, shortForm } from "./watch";

/** A failure of the writes to a platform. */
interface Wrong {
  readonly means: string;
  readonly fault: Fault;
  /** @default false */
  readonly isDone?: boolean;
  /** The paths of the writes that it happens to. @default - of all */
  readonly at?: RegExp;
}

/** Cloudflare's provider tries ten times, for minutes, unless it is told when. */
const AT_ONCE = { "retry-after": "0" };

/** The failures that any platform may have. */
const COMMON: Readonly<Record<string, Wrong>> = {
  "403": { means: "refuses the write", fault: status(403, "forbidden") },
  "429": { means: "has had too many requests", fault: status(429, "slow down", AT_ONCE) },
  "500": { means: "fails before it does anything", fault: status(500, "internal error", AT_ONCE) },
  reset: { means: "ends the connection before it does anything", fault: reset },
  lost: { means: "does it, and the answer is lost", fault: reset, isDone: true },
  truncated: { means: "does nothing, and its answer ends in the middle", fault: truncated },
};

/** A ruleset of the phase that is there already: https://github.com/cloudflare/terraform-provider-cloudflare/issues/6273 */
const secondOfPhase: Fault = (_, response) => {
  const errors = [{ code: 20217, message: "exceeded maximum number of zone rulesets for phase" }];
  const body = { success: false, result: null, messages: [], errors };
  response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify(body));
};

/** The faults of each platform, by their names. */
export const FAULTS: Readonly<Record<string, Readonly<Record<string, Wrong>>>> = {
  cloudflare: {
    ...COMMON,
    "20217": { means: "says that the phase has a ruleset already", fault: secondOfPhase, at: /\/rulesets$/ },
  },
  github: {
    ...COMMON,
    "409": {
      means: "says that somebody else has changed the file",
      fault: status(409, "does not match"),
      at: /\/contents\//,
    },
  },
  supabase: {
    ...COMMON,
    stored: {
      means: "answers 201, and only stores the list",
      fault: answers({ entitlement: "allowed", status: "stored" }),
    },
    entitlement: {
      means: "answers 201, and the plan doesn't allow restrictions",
      fault: answers({ entitlement: "disallowed", status: "stored" }),
    },
  },
  render: { ...COMMON, ignored: { means: "answers 200, and changes nothing", fault: json({ id: "ignored" }) } },
};

function answers(said: object): Fault {
  const config = { dbAllowedCidrs: ["0.0.0.0/0"], dbAllowedCidrsV6: ["::/0"] };
  return (_, response) => {
    response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify({ ...said, config }));
  };
}

/** A fault of a platform, to strike one write after the other. */
export interface Chosen extends Wrong {
  /** `<platform>:<fault>` */
  readonly name: string;
  readonly platform: string;
}

/** @throws {InvalidInput} where there is no such fault */
export function faultNamed(name: string): Chosen {
  const [platform = "", fault = ""] = name.split(":");
  const wrong = FAULTS[platform]?.[fault];
  if (wrong !== undefined) return { ...wrong, name, platform };
  const allowed = Object.entries(FAULTS)
    .map(([of, faults]) => `${of}:${Object.keys(faults).join("|")}`)
    .join(", ");
  throw new InvalidInput("the rehearsal", [{ at: "--fault", got: name, allowed }]);
}

/** A write, as the platform tells it from others. */
const keyOf = ({ method, path, body }: Call): string =>
  [method, path, String(body["phase"] ?? ""), String(body["name"] ?? "")].join(" ");

/**
 * Strikes the write that comes as the `nth` of those that the fault happens to, and each time that it is tried again.
 *
 * @returns the write that was struck, once there is one
 */
export function strikeWrite(platforms: Platforms, chosen: Chosen, nth: number): () => Call | undefined {
  const seen = new Set<string>();
  let struck: Call | undefined;
  const when = (call: Call): boolean => {
    if (call.method === "GET" || platformOf(call).toLowerCase() !== chosen.platform) return false;
    if (chosen.at?.test(call.path) === false) return false;
    const key = keyOf(call);
    if (!seen.has(key) && seen.size === nth - 1 && struck === undefined) struck = call;
    seen.add(key);
    return struck !== undefined && keyOf(struck) === key;
  };
  const how: Struck = { on: "writes", when, isDone: chosen.isDone ?? false };
  for (const standIn of platforms.all) standIn.strike(chosen.fault, how);
  return () => struck;
}

/** The outcome of a deploy of which one write was struck. */
export interface Outcome {
  readonly environment: string;
  readonly write: string;
  /** Whether the apply failed. */
  readonly failed: boolean;
  /** The things that were more open than before, at any moment. */
  readonly open: readonly string[];
  /** Whether the next apply made it good, with nothing left to change. */
  readonly converged: boolean;
  /** The words of the engine where it did not. */
  readonly said: string;
}

export interface StruckDeploy {
  readonly name: string;
  readonly fault: Chosen;
  readonly nth: number;
  readonly deploy: Deploy;
  readonly platforms: Platforms;
}

/** Deploys an environment while its `nth` write to a platform fails, and again when the platform is well; undefined where it writes less. */
export async function strikeDeploy(struck: StruckDeploy): Promise<Outcome | undefined> {
  const { name, fault, nth, deploy, platforms } = struck;
  const { watch } = deploy;
  watch.restart();
  const write = strikeWrite(platforms, fault, nth);
  const failed = await deploy.engineApply(name);
  const call = write();
  if (call === undefined) return undefined;
  const seen = [...watch.moments.map(({ openings }) => openings), watch.openings];
  for (const standIn of platforms.all) standIn.calm();
  const again = await deploy.engineApply(name);
  const plan = await deploy.enginePlan(name);
  return {
    environment: name,
    write: `${platformOf(call)} ${shortForm(call)}`,
    failed: !failed.isGood,
    open: [...new Set(seen.flatMap((openings) => watch.tooOpen(openings)))],
    converged: again.isGood && plan.code === 0,
    said: again.isGood ? plan.output : again.said.slice(Math.max(0, again.said.indexOf("Error: "))),
  };
}
