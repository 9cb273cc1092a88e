import { ACCOUNT_ID, ZONE_ID } from "../../../support/environments";
import type { Change } from "../../../support/proof-scenes";
import { added, applied, dropped, given, PROJECT, REDIS, SERVICE, WORKER } from "./apps";

const RECORD = "cloudflare_dns_record";
const SETTING = "cloudflare_zone_setting";
const POLICY = "cloudflare_zero_trust_gateway_policy";
const ENDPOINT = "cloudflare_zero_trust_gateway_proxy_endpoint";

/** Changes of the shop's JSON, and the words of the difference for each. */
export const CHANGES: readonly (readonly [string, Change, readonly string[]])[] = [
  [
    "a wider database",
    applied(PROJECT, (state) => ({ ...state, dbAllowedCidrs: ["203.0.113.8/29"] })),
    [`opened: 203.0.113.8/31, 203.0.113.12/30 → Postgres of ${PROJECT} (5432, 6543): closed → open`],
  ],
  [
    "a database for others",
    applied(PROJECT, (state) => ({ ...state, dbAllowedCidrs: [], dbAllowedCidrsV6: ["2001:db8::/32"] })),
    [
      `opened: 2001:db8::/32 → Postgres of ${PROJECT} (5432, 6543): closed → open`,
      `closed: egress of shop → Postgres of ${PROJECT} (5432, 6543): open → closed`,
    ],
  ],
  [
    "a database that nothing holds",
    dropped("null_resource", PROJECT),
    [
      `opened: anyone but egress of shop → Postgres of ${PROJECT} (5432, 6543): closed → open: nothing in the JSON restricts it`,
    ],
  ],
  [
    "a Redis",
    applied(REDIS, (state) => ({ ...state, ipAllowList: [{ cidrBlock: "192.0.2.0/24", description: "us" }] })),
    [`opened: 192.0.2.0/24 → Redis of ${REDIS} (6379): closed → open`],
  ],
  [
    "a worker's type",
    applied(WORKER, (state) => ({ ...state, type: "web_service" })),
    [`opened: anyone → worker ${WORKER}: closed: it is of type background_worker → open: it is of type web_service`],
  ],
  [
    "the onrender.com name",
    applied(SERVICE, (state) => ({ ...state, renderSubdomainPolicy: "enabled" })),
    [
      `opened: anyone → shop.onrender.com of ${SERVICE}, past the edge: closed: the name is off → open: the name is enabled`,
    ],
  ],
  [
    "a custom domain",
    applied(SERVICE, (state) => ({ ...state, customDomains: ["app.shop.dev", "old.shop.dev"] })),
    [`opened: anyone → ${SERVICE} as old.shop.dev: not served by Render → served by Render`],
  ],
  [
    "a worker's hosts",
    given(POLICY, "allow", {
      traffic:
        'net.src.ip in {203.0.113.20} and net.sni.host in {"api.openai.com" "evil.example.com"} and net.dst.port in {443}',
    }),
    ["opened: worker egress of shop → evil.example.com on 443 by Gateway (tcp, udp): blocked → allowed"],
  ],
  [
    "no deny behind them",
    dropped(POLICY, "block"),
    [
      "opened: worker egress of shop → any other host, no server name on any port by Gateway (tcp, udp): blocked → allowed",
      "opened: worker egress of shop → api.openai.com on any port but 443 by Gateway (tcp, udp): blocked → allowed",
    ],
  ],
  [
    "who is admitted to the proxy",
    given(ENDPOINT, "", { ips: ["203.0.113.20/32", "192.0.2.1/32"] }),
    [`opened: 192.0.2.1 → the workers' proxy of ${ACCOUNT_ID}: closed → open`],
  ],
  [
    "a record past the edge",
    given(RECORD, "", { proxied: false }),
    ["opened: anyone → app.shop.dev: the edge, then shop.onrender.com → shop.onrender.com, past the edge"],
  ],
  [
    "another origin",
    given(RECORD, "", { content: "other.onrender.com" }),
    ["changed: anyone → app.shop.dev: the edge, then shop.onrender.com → the edge, then other.onrender.com"],
  ],
  [
    "a bare name",
    added(RECORD, { zone_id: ZONE_ID, name: "bare", type: "A", content: "192.0.2.7", proxied: false }),
    ["opened: anyone → bare.shop.dev: nowhere → 192.0.2.7, past the edge"],
  ],
  [
    "a TLS version",
    given(SETTING, "min_tls", { value: "1.0" }),
    ["weakened: setting min_tls_version of shop.dev: 1.2 → 1.0"],
  ],
  [
    "how the origin is met",
    given(SETTING, "ssl", { value: "flexible" }),
    ["weakened: setting ssl of shop.dev: strict → flexible"],
  ],
  ["a setting that is gone", dropped(SETTING, "tls_1_3"), ["weakened: setting tls_1_3 of shop.dev: on → not held"]],
  [
    "HSTS",
    given(SETTING, "security_header", { value: { strict_transport_security: { enabled: true, max_age: 60 } } }),
    ["weakened: setting security_header of shop.dev: HSTS for 31536000 seconds → HSTS for 60 seconds"],
  ],
  [
    "a harmless setting",
    added(SETTING, { zone_id: ZONE_ID, setting_id: "http3", value: "on" }),
    ["changed: setting http3 of shop.dev: not held → on"],
  ],
  [
    "Spectrum",
    added("cloudflare_spectrum_application", {
      zone_id: ZONE_ID,
      protocol: "tcp/22",
      dns: { name: "ssh.shop.dev", type: "CNAME" },
    }),
    ["opened: anyone → ssh.shop.dev by Spectrum, tcp/22: closed → open past the edge: {}"],
  ],
];
