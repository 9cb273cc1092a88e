import { InvalidInput, shown } from "../../../errors/invalid-input";
import { notListed } from "../../../errors/nearest";
import { EdgePart } from "../../../policy/edge-options";
import type { StatementId } from "../../../policy/statements";
import type { EdgeRequest } from "../../edge/evaluate/edge-request";
import { allOf, placeAt, type Result, type Unknown } from "../../result";
import { unknownAbout } from "../../statements/unknowns";
import { proxied } from "../../statements/past-the-edge";
import { RULES_REDIRECT, settingHeld, unknownSettings } from "../../statements/settings";
import { type Scene, scenesOf } from "../../statements/scene";
import type { App } from "../app";

/**
 * The environment whose edge a request meets.
 *
 * @param server the host that the client connects to
 * @param environment the environment that was named, if one was
 * @throws {InvalidInput} where none or several have the host and none is named, naming the hosts that there are
 */
export function sceneFor(app: App, server: string, environment?: string): Scene {
  const scenes = scenesOf(app.model, app.policies);
  if (environment !== undefined) return named(scenes, environment);
  const [scene, second] = scenes.filter(({ policy }) => Object.keys(policy.environment.hosts).includes(server));
  if (scene !== undefined && second === undefined) return scene;
  const isUnknown = scene === undefined;
  throw new InvalidInput("the question", [
    {
      at: "<url>",
      got: `the host ${shown(server)}, which ${isUnknown ? "no environment has" : "several environments have"}`,
      allowed: hostsOf(scenes),
      change: isUnknown
        ? "name one of these, or say by --environment whose edge the request is sent to"
        : "say by --environment which is meant",
    },
  ]);
}

/**
 * The scene of an environment.
 *
 * @throws {InvalidInput} where there is none of that name
 */
export function named(scenes: readonly Scene[], environment: string): Scene {
  const scene = scenes.find(({ policy }) => policy.name === environment);
  if (scene !== undefined) return scene;
  const known = scenes.map(({ policy }) => policy.name);
  throw new InvalidInput("the question", [notListed("--environment", environment, known)]);
}

function hostsOf(scenes: readonly Scene[]): string {
  return scenes
    .map(({ policy: { name, environment } }) => `${Object.keys(environment.hosts).join(", ")} (${name})`)
    .join(", ");
}

/** The statements about the edge: what bears on one of them may bear on any request. */
export const EDGE_STATEMENTS: readonly StatementId[] = ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"];

/** The parts of the edge whose rules or settings decide where requests end. */
const DECIDING_PARTS: ReadonlySet<EdgePart> = new Set([
  EdgePart.REDIRECT,
  EdgePart.PORTS,
  EdgePart.WEBHOOK_GUARD,
  EdgePart.NORMALISATION,
]);

/** Why the rules that stand in the JSON may not be all that decides a request. */
export function unknownAboutRequest(
  { scheme, host }: Pick<EdgeRequest, "scheme" | "host">,
  scene: Scene,
): readonly Unknown[] {
  const tenant = scene.edge.policy.tenants.find(({ hosts }) => Object.keys(hosts).includes(host));
  const own = scene.policies.find(({ name }) => name === tenant?.name);
  const all = [
    ...(own === undefined ? [] : reasonsOf(proxied(host, { ...scene, policy: own }), host)),
    ...(scheme === "http" ? reasonsOf(settingHeld(RULES_REDIRECT, scene)) : []),
    ...reasonsOf(allOf(unknownSettings(scene))),
    ...(scene.edge.policy.leave ?? [])
      .filter((part) => DECIDING_PARTS.has(part))
      .map((part) => ({
        reason: `what decides the part ${part} of the edge is left to others, and isn't in the JSON`,
      })),
    ...EDGE_STATEMENTS.flatMap((id) => unknownAbout(id, scene)),
  ];
  return [...new Map(all.map((reason) => [JSON.stringify(reason), reason])).values()];
}

/** Why something doesn't certainly hold. */
export function reasonsOf({ wrong, controls, unknown }: Result, subject?: string): readonly Unknown[] {
  if (wrong === undefined) return unknown;
  const [by] = controls;
  const reason = subject === undefined || wrong.includes(subject) ? wrong : `${subject} ${wrong}`;
  return [{ reason, ...(by === undefined ? {} : { place: placeAt(by) }) }];
}
