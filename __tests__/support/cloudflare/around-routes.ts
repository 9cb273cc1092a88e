import { ApiRefusal, type Json, type Route } from "./api";
import type { Estate, Zone } from "./estate";
import { pageOf } from "./pages";

/**
 * What is around the rules of a zone, for reading alone.
 *
 * Source: https://developers.cloudflare.com/api/resources/zones/, .../firewall/subresources/access_rules/, .../page_rules/,
 * .../workers/subresources/routes/, .../spectrum/subresources/apps/, .../bot_management/ and
 * .../user/subresources/tokens/methods/verify/
 */
export function aroundRoutes(estate: Estate): readonly Route[] {
  const zoneOf = (params: Readonly<Record<string, string>>): Zone => estate.zone(params["zone"] ?? "");
  const paged: readonly (readonly [path: string, (zone: Zone) => readonly Json[]])[] = [
    ["zones/:zone/firewall/access_rules/rules", ({ around }) => around.accessRules],
    ["zones/:zone/spectrum/apps", ({ around }) => around.spectrum],
  ];
  const whole: readonly (readonly [path: string, (zone: Zone) => unknown])[] = [
    ["zones/:zone/pagerules", ({ around }) => around.pageRules],
    ["zones/:zone/workers/routes", ({ around }) => around.workersRoutes],
    ["zones/:zone/bot_management", ({ around }) => around.bots],
    ["zones/:zone", described],
  ];
  return [
    { method: "GET", path: "zones", answer: ({ query }) => pageOf(estate.allZones.map(described), query) },
    ...paged.map(([path, entries]): Route => ({
      method: "GET",
      path,
      answer: ({ params, query }) => pageOf(entries(zoneOf(params)), query),
    })),
    ...whole.map(([path, answer]): Route => ({
      method: "GET",
      path,
      answer: ({ params }) => ({ result: answer(zoneOf(params)) }),
    })),
    {
      method: "GET",
      path: "user/tokens/verify",
      answer: () => ({ result: { id: "ed17574386854bf78a67040be0a770b0", status: estate.tokenStatus } }),
    },
    {
      method: "GET",
      path: "user/tokens/:id",
      answer: ({ params }) => {
        if (!estate.tokenReadsTokens) throw new ApiRefusal(403, 9109, "Unauthorized to access requested resource");
        return { result: { id: params["id"], name: "deploy", status: "active" } };
      },
    },
  ];
}

function described({ id, name, account, around }: Zone): Json {
  return {
    id,
    name,
    status: "active",
    paused: false,
    type: "full",
    account: { id: account, name: "Example" },
    plan: { id: "1".repeat(32), name: "Pro Website", legacy_id: "pro" },
    permissions: ["#zone:read"],
    ...around.facts,
  };
}
