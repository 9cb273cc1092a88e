// @ts-check
import { readServiceAllowList, render, setServiceAllowList } from "./platforms/render.mjs";
import { admitted, blocksOf, differingBlocks } from "./shared/blocks.mjs";
import { forOperator, those, writable } from "./shared/finding.mjs";
import { run } from "./shared/run.mjs";

/** @typedef {import("./platforms/render.mjs").AllowedBlock} AllowedBlock */

/**
 * A Render web service admits exactly these addresses. Descriptions admit nobody, so one that differs is left alone.
 *
 * @typedef {{ readonly serviceId: string, readonly ipAllowList: readonly AllowedBlock[] }} Desired
 */

const LOOK =
  "look at Settings, Networking, Inbound IP Restrictions in the Dashboard and for another writer, then deploy again";

const blocks = (/** @type {readonly AllowedBlock[]} */ list) => list.map(({ cidrBlock }) => cidrBlock);

await run({
  kind: "render-web-service-allow-list",
  platform: render,
  target: (/** @type {Desired} */ { serviceId }) => serviceId,
  refusals: (/** @type {Desired} */ { ipAllowList }) => blocksOf(blocks(ipAllowList)),
  read: (client, { serviceId }) => readServiceAllowList(client, serviceId),
  differences: ({ type, serviceDetails: { ipAllowList: actual } }, /** @type {Desired} */ { ipAllowList }) => [
    ...those([
      [
        type !== "web_service",
        () => forOperator(`the service is of type ${type}, not web_service`, "correct the service's id"),
      ],
    ]),
    ...differingBlocks(actual && blocks(actual), blocks(ipAllowList), admitted("public")).map((what) =>
      writable(what, LOOK),
    ),
  ],
  write: (client, { serviceId, ipAllowList }) => setServiceAllowList(client, serviceId, ipAllowList),
  describe: ({ ipAllowList }) => `the web service admits only ${blocks(ipAllowList).join(" ")}`,
});
