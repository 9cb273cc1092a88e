import { InvalidInput, shown } from "../../../errors/invalid-input";
import { type Scene, scenesOf } from "../../statements/scene";
import type { App } from "./app";

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
  const allowed = scenes.map(({ policy }) => policy.name).join(", ");
  throw new InvalidInput("the question", [{ at: "--environment", got: shown(environment), allowed }]);
}

function hostsOf(scenes: readonly Scene[]): string {
  return scenes
    .map(({ policy: { name, environment } }) => `${Object.keys(environment.hosts).join(", ")} (${name})`)
    .join(", ");
}
