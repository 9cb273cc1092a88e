import * as fc from "fast-check";
import { curlOf } from "../../../verification/edge/curl";
import type { EdgeRequest } from "../../../verification/edge/evaluate/edge-request";
import { spawnSync } from "node:child_process";

const request = (overrides: Partial<EdgeRequest> = {}): EdgeRequest => ({
  ...{ scheme: "https", port: 443, host: "app.shop.dev", target: "/webhooks/meta", from: "192.0.2.1" },
  ...overrides,
});
const curl = (overrides: Partial<EdgeRequest> = {}) => curlOf(request(overrides), "via.shop.dev");

describe("a request as a command", () => {
  test.each<[string, Partial<EdgeRequest>, string]>([
    ["plain", {}, "curl -i --path-as-is https://app.shop.dev/webhooks/meta # from 192.0.2.1"],
    ["on 80", { scheme: "http", port: 80 }, "curl -i --path-as-is http://app.shop.dev/webhooks/meta # from 192.0.2.1"],
    [
      "on another port",
      { port: 8443 },
      "curl -i --path-as-is -H 'Host: app.shop.dev' https://app.shop.dev:8443/webhooks/meta # from 192.0.2.1",
    ],
    [
      "with another method",
      { method: "POST" },
      "curl -i --path-as-is -X POST https://app.shop.dev/webhooks/meta # from 192.0.2.1",
    ],
    [
      "for a host that is no name",
      { host: "app.shop.dev:443" },
      "curl -i --path-as-is -H 'Host: app.shop.dev:443' https://via.shop.dev/webhooks/meta # from 192.0.2.1",
    ],
    ["with a query", { target: "/?a=1&b" }, "curl -i --path-as-is 'https://app.shop.dev/?a=1&b' # from 192.0.2.1"],
    [
      "that curl would cut at its hash",
      { target: "/webhooks/meta#" },
      "curl -i --path-as-is --request-target '/webhooks/meta#' https://app.shop.dev/ # from 192.0.2.1",
    ],
    [
      "that curl would take for several",
      { target: "/{a,b}[1-2]" },
      "curl -i --path-as-is --request-target '/{a,b}[1-2]' https://app.shop.dev/ # from 192.0.2.1",
    ],
    [
      "with an escape",
      { target: "/webhooks%2Fmeta" },
      "curl -i --path-as-is https://app.shop.dev/webhooks%2Fmeta # from 192.0.2.1",
    ],
  ])("%s", (_what, overrides, command) => {
    expect(curl(overrides)).toBe(command);
  });

  test("is one line of visible characters, whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 8 }),
        fc.string({ unit: "binary", maxLength: 8 }),
        (path, host) => {
          expect(curl({ target: `/${path}`, host, method: path })).toMatch(/^[ -~]*$/);
        },
      ),
    );
  });

  test("gives a shell the very words that are meant", () => {
    const hostile = [
      "/#'; rm -rf ~; '",
      "/$(id)`id`",
      "/a\nb",
      "/\u001b[31m",
      "/é\u202e",
      "/\\'",
      '/"#',
      "/{a,b}[1-2]",
    ];
    const words = hostile.map((target) => curl({ target, host: "h st", method: "P'T" }));
    const script = words.map((command) => command.replace(/^curl/, "printf '%s\\0' '@'")).join("\n");
    const { stdout } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
    expect(
      stdout
        .split("@\0")
        .slice(1)
        .map((each) => each.split("\0").slice(0, -1)),
    ).toEqual(
      hostile.map((target) => [
        "-i",
        "--path-as-is",
        "-X",
        "P'T",
        "-H",
        "Host: h st",
        "--request-target",
        target,
        "https://via.shop.dev/",
      ]),
    );
  });
});
