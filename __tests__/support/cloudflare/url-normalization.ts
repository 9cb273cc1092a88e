import { ApiRefusal, type Json, objectOf, type Route } from "./api";
import type { Estate, Zone } from "./estate";

const SCOPES: ReadonlySet<unknown> = new Set(["incoming", "both", "none"]);
const TYPES: ReadonlySet<unknown> = new Set(["cloudflare", "rfc3986"]);

/**
 * A zone's URL normalisation.
 *
 * Source: https://developers.cloudflare.com/api/resources/url_normalization/
 */
export function urlNormalizationRoutes(estate: Estate): readonly Route[] {
  const path = "zones/:zone/url_normalization";
  const zoneOf = (params: Readonly<Record<string, string>>): Zone => estate.zone(params["zone"] ?? "");
  return [
    { method: "GET", path, answer: ({ params }) => ({ result: zoneOf(params).normalization }) },
    {
      method: "PUT",
      path,
      answer: ({ params, body }) => ({ result: (zoneOf(params).normalization = checked(objectOf(body))) }),
    },
    {
      method: "DELETE",
      path,
      answer: ({ params }) => {
        zoneOf(params).normalization = { scope: "incoming", type: "cloudflare" };
        return { result: null };
      },
    },
  ];
}

function checked({ scope, type }: Json): Json {
  if (SCOPES.has(scope) && TYPES.has(type)) return { scope, type };
  throw new ApiRefusal(400, 6003, `Invalid URL normalization: scope ${String(scope)}, type ${String(type)}`);
}
