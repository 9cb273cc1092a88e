import { type Json, objectOf, type Route } from "./api";
import { existing, STAMP, type Account, type Estate } from "./estate";

/** What the platform adds to an object of each kind, where nothing else was asked for. */
const KINDS: readonly {
  readonly kind: "rules" | "proxy_endpoints";
  readonly change: Route["method"];
  readonly fresh: Json;
}[] = [
  {
    kind: "rules",
    change: "PUT",
    fresh: { enabled: false, identity: "", device_posture: "", deleted_at: null, version: 1, rule_settings: {} },
  },
  { kind: "proxy_endpoints", change: "PATCH", fresh: { kind: "ip", subdomain: "3ele0ss56t" } },
];

/**
 * An account's Gateway: policies, which are off unless they are asked to be on, and proxy endpoints.
 *
 * Source: https://developers.cloudflare.com/api/resources/zero_trust/subresources/gateway/ and what the provider calls
 * (cloudflare/terraform-provider-cloudflare v5.22.0, internal/services/zero_trust_gateway_policy/resource.go).
 */
export function gatewayRoutes(estate: Estate): readonly Route[] {
  return KINDS.flatMap(({ kind, change, fresh }) => {
    const all = `accounts/:account/gateway/${kind}`;
    const one = `${all}/:id`;
    const objects = (params: Readonly<Record<string, string>>): Account["gateway"][typeof kind] =>
      estate.account(params["account"] ?? "").gateway[kind];
    const routes: readonly Route[] = [
      { method: "GET", path: all, answer: ({ params }) => ({ result: [...objects(params).values()] }) },
      {
        method: "POST",
        path: all,
        answer: ({ params, body }) => {
          const id = uuid(estate.newId());
          const object = { ...fresh, ...objectOf(body), id, created_at: STAMP, updated_at: STAMP };
          objects(params).set(id, object);
          return { result: object };
        },
      },
      { method: "GET", path: one, answer: ({ params }) => ({ result: known(objects(params), params) }) },
      {
        method: change,
        path: one,
        answer: ({ params, body }) => {
          const object = { ...known(objects(params), params), ...objectOf(body) };
          objects(params).set(params["id"] ?? "", object);
          return { result: object };
        },
      },
      {
        method: "DELETE",
        path: one,
        answer: ({ params }) => {
          const object = known(objects(params), params);
          objects(params).delete(params["id"] ?? "");
          return { result: object };
        },
      },
    ];
    return routes;
  });
}

function uuid(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function known(objects: ReadonlyMap<string, Json>, params: Readonly<Record<string, string>>): Json {
  return existing(objects, params["id"] ?? "", "Gateway object");
}
