import { ApiRefusal, type Json, type Route } from "./api";
import type { Estate, Zone } from "./estate";

/** What a zone has beside its rules, settings and records. Tests fill it. */
export interface Around {
  /** The zone as the API describes it, as far as it differs from an active one on the Pro plan. */
  facts: Json;
  readonly accessRules: Json[];
  readonly pageRules: Json[];
  readonly workersRoutes: Json[];
  readonly spectrum: Json[];
  bots: Json;
}

export function nothingAround(): Around {
  const bots = { fight_mode: false, enable_js: true, using_latest_model: true };
  return { facts: {}, accessRules: [], pageRules: [], workersRoutes: [], spectrum: [], bots };
}

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

/** Pages by number, as the platform does: https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/#pagination */
export function pageOf(all: readonly Json[], query: URLSearchParams): { result: readonly Json[]; resultInfo: Json } {
  const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("per_page") ?? 20)];
  const result = all.slice((page - 1) * size, page * size);
  const pages = Math.ceil(all.length / size);
  return {
    result,
    resultInfo: { page, per_page: size, count: result.length, total_count: all.length, total_pages: pages },
  };
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
