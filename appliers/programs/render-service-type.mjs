// @ts-check
import { readService, render } from "./platforms/render.mjs";
import { forOperator, those } from "./shared/finding.mjs";
import { run } from "./shared/run.mjs";

/**
 * A Render service is of a type that nothing can connect to. A type is given at creation, so this only asserts.
 *
 * @typedef {{ readonly serviceId: string, readonly type: string }} Desired
 */

await run({
  kind: "render-service-type",
  platform: render,
  target: (/** @type {Desired} */ { serviceId }) => serviceId,
  read: (client, { serviceId }) => readService(client, serviceId),
  differences: (state, /** @type {Desired} */ { type }) =>
    those([
      [
        state.type !== type,
        () =>
          forOperator(
            `the service is of type ${state.type}, not ${type}`,
            `create it anew as ${type} (Render can't change a service's type), or correct its id`,
          ),
      ],
    ]),
  describe: ({ type }) => `the service is of type ${type}, which takes no connections`,
});
