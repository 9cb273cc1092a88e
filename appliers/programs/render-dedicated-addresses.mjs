// @ts-check
import { readDedicatedIp, render } from "./platforms/render.mjs";
import { differingBlocks } from "./shared/blocks.mjs";
import { forOperator, those } from "./shared/finding.mjs";
import { run } from "./shared/run.mjs";

/**
 * A set of dedicated outbound addresses is running and holds exactly these. Render assigns them, so this only asserts.
 *
 * @typedef {{ readonly dedicatedIpId: string, readonly ips: readonly string[] }} Desired
 */

const HELD = {
  more: "the set holds addresses that the environment doesn't name",
  fewer: "the set lacks addresses that the environment names",
};

await run({
  kind: "render-dedicated-addresses",
  platform: render,
  target: (/** @type {Desired} */ { dedicatedIpId }) => dedicatedIpId,
  read: (client, { dedicatedIpId }) => readDedicatedIp(client, dedicatedIpId),
  differences: (state, /** @type {Desired} */ { ips }) => [
    ...those([
      [
        state.status !== "RUNNING",
        () =>
          forOperator(
            `Render says that the dedicated addresses are ${state.status}, not RUNNING`,
            "wait until Render has provisioned them, or ask its support, then deploy again",
          ),
      ],
    ]),
    ...differingBlocks(state.ips, ips, HELD).map((what) =>
      forOperator(what, "write the addresses that Render shows into the environment, review that change, deploy again"),
    ),
  ],
  describe: ({ ips }) => `the dedicated addresses are running and are exactly ${ips.join(" ")}`,
});
