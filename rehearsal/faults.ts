import { InvalidInput, type Problem } from "../errors/invalid-input";
import { type Fault, halved, json, reset, status } from "./fault";
import type { Deploy } from "./deploy";
import type { Platforms } from "./platforms";
import type { Call, Struck } from "./server";
import { createdBy, type Imported } from "./imported";
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
  truncated: { means: "does it, and its answer ends in the middle", fault: halved, isDone: true },
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

/** Every fault that can be chosen, as `<platform>:<fault>|<fault>`. */
export const FAULTS_BY_NAME: readonly string[] = Object.entries(FAULTS).map(
  ([platform, faults]) => `${platform}:${Object.keys(faults).join("|")}`,
);

/** @throws {InvalidInput} where there is no such fault */
export function faultNamed(name: string): Chosen {
  InvalidInput.throwIfAny("the rehearsal", unlessFault(name));
  const [platform = "", fault = ""] = name.split(":");
  return { ...(FAULTS[platform]?.[fault] as Wrong), name, platform };
}

/** The problem with a name that no fault has. */
export function unlessFault(name: string): readonly Problem[] {
  const names = Object.entries(FAULTS).flatMap(([platform, faults]) =>
    Object.keys(faults).map((fault) => `${platform}:${fault}`),
  );
  return names.includes(name) ? [] : [{ at: "--fault", got: name, allowed: FAULTS_BY_NAME.join(", ") }];
}

/** A write, as the platform tells it from others. The id of a list is issued anew in each deploy. */
const keyOf = ({ method, path, body }: Call): string =>
  [method, path.replace(/lists\/\w{32}/, "lists"), String(body["phase"] ?? ""), String(body["name"] ?? "")].join(" ");

/** A write in words: `PATCH settings ssl`, `POST rulesets http_ratelimit`, `PUT contents/a.yml of acme/api`. */
function wordsOf(call: Call): string {
  const { path, body } = call;
  const setting = /\/settings\/(\w+)/.exec(path)?.[1];
  const which =
    platformOf(call) === "GitHub"
      ? `of ${path.split("/").slice(1, 3).join("/")}`
      : String(body["phase"] ?? body["name"] ?? setting ?? "");
  return `${platformOf(call)} ${shortForm(call)} ${which}`.trim();
}

/**
 * Strikes the first write that isn't among `done`, and each time that it is tried again. An engine orders its writes anew in
 * each deploy, so their numbers tell nothing.
 *
 * @param done the writes that were struck before; the one that is struck joins them
 * @returns the write that was struck, once there is one
 */
export function strikeWrite(platforms: Platforms, chosen: Chosen, done: Set<string>): () => Call | undefined {
  let struck: Call | undefined;
  const when = (call: Call): boolean => {
    if (call.method === "GET" || platformOf(call).toLowerCase() !== chosen.platform) return false;
    if (chosen.at?.test(call.path) === false) return false;
    const key = keyOf(call);
    if (struck === undefined && !done.has(key)) {
      struck = call;
      done.add(key);
    }
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
  /** The thing that had to be imported before that. @default - none */
  readonly imported?: Imported | undefined;
  /** The words of the engine where it did not. */
  readonly said: string;
}

export interface StruckDeploy {
  readonly name: string;
  readonly fault: Chosen;
  /** The writes that were struck in earlier deploys of it. */
  readonly done: Set<string>;
  readonly deploy: Deploy;
  readonly platforms: Platforms;
}

/** Deploys an environment while one more write to a platform fails, and again when the platform is well; undefined where none is left. */
export async function strikeDeploy(struck: StruckDeploy): Promise<Outcome | undefined> {
  const { name, fault, done, deploy, platforms } = struck;
  const { watch } = deploy;
  watch.restart();
  const write = strikeWrite(platforms, fault, done);
  const failed = await deploy.engineApply(name);
  const call = write();
  if (call === undefined) return undefined;
  const seen = [...watch.moments.map(({ openings }) => openings), watch.openings];
  for (const standIn of platforms.all) standIn.calm();
  let again = await deploy.engineApply(name);
  const imported = again.isGood ? undefined : createdBy(call, again.output);
  if (imported !== undefined) {
    await deploy.engineImport(name, imported);
    again = await deploy.engineApply(name);
  }
  const plan = await deploy.enginePlan(name);
  return {
    environment: name,
    write: wordsOf(call),
    failed: !failed.isGood,
    open: [...new Set(seen.flatMap((openings) => watch.tooOpen(openings)))],
    converged: again.isGood && plan.code === 0,
    imported,
    said: again.isGood ? plan.output : again.said.slice(Math.max(0, again.said.indexOf("Error: "))),
  };
}
