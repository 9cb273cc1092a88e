import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { Datastore } from "../../../policy/datastore";
import { EgressAddresses } from "../../../policy/egress-addresses";
import type { Environment } from "../../../policy/environment";
import { Webhook } from "../../../policy/webhook";
import { anEnvironment } from "../../support/environments";
import {
  applicationAnswers,
  block,
  edgeAnswers,
  notAdmitted,
  postgres,
  redis,
  REFUSED,
  traceAnswers,
} from "../../../rehearsal/answers";
import { http, https, StandInInternet } from "../../../rehearsal/internet";
import { CLOUDFLARE_HTTP_PORTS, CLOUDFLARE_HTTPS_PORTS } from "../../../network/ports";
import { rendersEdge } from "../../../rehearsal/outside";

export const HOST = "app.shop.dev";
export const ONRENDER = "shop.onrender.com";
const PROJECT = "abcdefghijklmnopqrst";
const INSTANCE = "red-c0ffee0c0ffee0c0ffee";
export const DATABASE = `db.${PROJECT}.supabase.co`;
const POOLER = "aws-0-eu-central-1.pooler.supabase.com";
const KEY_VALUE = "frankfurt-keyvalue.render.com";
const HOOK = "/webhooks/meta";

/** Where each of them is. */
export const EDGE = "104.16.1.1";
export const RENDER = "216.24.57.1";
export const DATABASE_AT = "3.64.1.1";
export const POOLER_AT = "3.64.1.2";
export const KEY_VALUE_AT = "3.64.1.3";
/** From where the edge sees this machine come. */
const VISITOR = "9.9.9.9";
export const EGRESS = ["9.0.113.10", "9.0.113.11", "9.0.113.12"];

export const PROXIES = { [PROJECT]: POOLER, [INSTANCE]: KEY_VALUE };

export const PROXIED_PORTS = [...CLOUDFLARE_HTTP_PORTS, ...CLOUDFLARE_HTTPS_PORTS];

export function shop(overrides: Partial<Environment> = {}): Environment {
  return anEnvironment({
    webhooks: [Webhook.meta(HOOK)],
    egress: EgressAddresses.dedicated("egs-c0ffee0c0ffee0c0ffee", EGRESS),
    datastores: [Datastore.supabase(PROJECT), Datastore.renderKeyValue(INSTANCE)],
    ...overrides,
  });
}

/** The answers of the platforms; a test gives other ones for one of them or for all. */
export interface Platforms {
  /** Answers instead of the edge's rules, where it answers. */
  readonly edge: (request: IncomingMessage, response: ServerResponse, port: number) => boolean;
  readonly hsts: string;
  readonly visitor: string;
  /** Answers a request that asks Render's edge directly. */
  readonly render: RequestListener;
}

/** An Internet on which the shop is as it promises to be. */
export function shopOnline(changes: Partial<Platforms> = {}): StandInInternet {
  const platforms: Platforms = {
    edge: () => false,
    hsts: "max-age=31536000",
    visitor: VISITOR,
    render: rendersEdge((host) => host !== HOST),
    ...changes,
  };
  const internet = StandInInternet.of(HOST, ONRENDER, DATABASE, POOLER, KEY_VALUE)
    .name(HOST, EDGE)
    .name(ONRENDER, RENDER)
    .name(DATABASE, DATABASE_AT)
    .name(POOLER, POOLER_AT)
    .name(KEY_VALUE, KEY_VALUE_AT);
  for (const port of CLOUDFLARE_HTTP_PORTS) internet.at(EDGE, port, http(edge(port, platforms)));
  for (const port of CLOUDFLARE_HTTPS_PORTS) internet.at(EDGE, port, https(edge(port, platforms)));
  return internet
    .at(RENDER, 443, https(platforms.render))
    .at(POOLER_AT, 5432, postgres(notAdmitted))
    .at(POOLER_AT, 6543, postgres(notAdmitted))
    .at(
      KEY_VALUE_AT,
      6379,
      redis(() => REFUSED),
    );
}

function edge(port: number, { edge: first, hsts, visitor }: Platforms): RequestListener {
  return (request, response) => {
    const { url: target = "/", headers } = request;
    if (port === 443) response.setHeader("strict-transport-security", hsts);
    if (first(request, response, port)) return;
    if (target === "/cdn-cgi/trace") {
      traceAnswers(response, HOST, visitor);
    } else if (port === 80 && headers.host === HOST) {
      edgeAnswers(response, 301, { location: `https://${HOST}${target}` });
    } else if (port !== 443 || reachesWebhook(target)) {
      block(response);
    } else {
      applicationAnswers(response, 200);
    }
  };
}

/** The guard: the path is normalised, decoded until nothing is left to decode, and searched. */
function reachesWebhook(target: string): boolean {
  const [path = ""] = target.split("?");
  let decoded = path.replace(/[\\/]+/g, "/").replace(/\/\.(?=\/)/g, "");
  decoded = decoded.replace(/\/[^/]+\/\.\.(?=\/)/g, "");
  for (let before = ""; before !== decoded;) {
    before = decoded;
    decoded = decoded.replace(/%[0-9a-f]{2}/gi, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)));
  }
  return decoded.toLowerCase().includes(HOOK);
}
