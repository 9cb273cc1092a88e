// @ts-check
import { readKeyValue, render, setKeyValueAllowList } from "./platforms/render.mjs";
import { admitted, blocksOf, differingBlocks } from "./shared/blocks.mjs";
import { writable } from "./shared/finding.mjs";
import { run } from "./shared/run.mjs";

/** @typedef {import("./platforms/render.mjs").AllowedBlock} AllowedBlock */

/**
 * A Render Key Value instance admits exactly these addresses from the Internet; with an empty list, none. Descriptions admit
 * nobody, so one that differs is left alone.
 *
 * @typedef {{ readonly keyValueId: string, readonly ipAllowList: readonly AllowedBlock[] }} Desired
 */

const LOOK = "look at the instance's access control in the Dashboard and for another writer, then deploy again";

const blocks = (/** @type {readonly AllowedBlock[]} */ list) => list.map(({ cidrBlock }) => cidrBlock);

await run({
  kind: "render-key-value-allow-list",
  platform: render,
  target: (/** @type {Desired} */ { keyValueId }) => keyValueId,
  refusals: (/** @type {Desired} */ { ipAllowList }) => blocksOf(blocks(ipAllowList)),
  read: (client, { keyValueId }) => readKeyValue(client, keyValueId),
  differences: (state, /** @type {Desired} */ { ipAllowList }) =>
    differingBlocks(blocks(state.ipAllowList), blocks(ipAllowList), admitted("public")).map((what) =>
      writable(what, LOOK),
    ),
  write: (client, { keyValueId, ipAllowList }) => setKeyValueAllowList(client, keyValueId, ipAllowList),
  describe: ({ ipAllowList }) => `Redis admits from the Internet ${blocks(ipAllowList).join(" ") || "nothing"}`,
});
