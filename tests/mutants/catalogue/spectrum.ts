import type { StatementId } from "../../../policy/statements";
import type { JsonTree } from "../folder";
import { bodyKind, type Kind } from "../kind";

/** A stack that has this resource owns a zone. */
const OWNED = "cloudflare_url_normalization_settings";

const EDGE: readonly StatementId[] = ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"];

const application = (
  ...[name, ...openings]: readonly [string, ...(readonly [JsonTree, readonly StatementId[]])[]]
): Kind =>
  bodyKind(name, OWNED, ({ body: { zone_id: zone } }) =>
    openings.map(([members, breaks]) => ({
      ...{ what: JSON.stringify(members), breaks: [...breaks, ...EDGE] },
      change: (_, beside) => {
        const dns = { type: "CNAME", name: "db.example.com" };
        const body = { zone_id: zone, dns, origin_direct: ["tcp://198.51.100.7:22"], ...members };
        beside({ type: "cloudflare_spectrum_application", name: "Open", body });
      },
    })),
  );

export const SPECTRUM_KINDS: readonly Kind[] = [
  application(
    "open Postgres by Spectrum",
    [{ protocol: "tcp/5432" }, ["PORTS-3"]],
    [{ protocol: "tcp/6543" }, ["PORTS-3"]],
  ),
  application(
    "open Redis by Spectrum",
    [{ protocol: "tcp/6379" }, ["PORTS-4"]],
    [{ protocol: "udp/6379" }, ["PORTS-4"]],
  ),
  application(
    "open a range of ports by Spectrum",
    [{ protocol: "tcp/6000-6400" }, ["PORTS-4"]],
    [{ protocol: "tcp/5000-7000" }, ["PORTS-3", "PORTS-4"]],
    [{ protocol: "tcp/1-65535" }, ["PORTS-3", "PORTS-4"]],
  ),
  application(
    "lead Spectrum to a datastore's port",
    [{ protocol: "tcp/443", origin_port: 5432 }, ["PORTS-3"]],
    [{ protocol: "tcp/443", origin_port: "6000-6400" }, ["PORTS-4"]],
    [{ protocol: "tcp/443", origin_direct: ["tcp://db.example.supabase.co:6543"] }, ["PORTS-3"]],
    [{ protocol: "tcp/443", origin_direct: ["tcp://red.example.com:6379"] }, ["PORTS-4"]],
  ),
  application("open another port by Spectrum", [{ protocol: "ssh" }, []], [{ protocol: "tcp/22" }, []]),
  application(
    "open a port by Spectrum that the apply knows",
    [{ protocol: "${var.protocol}" }, ["PORTS-3", "PORTS-4"]],
    [{ protocol: "tcp/443", origin_direct: "${var.origins}" }, ["PORTS-3", "PORTS-4"]],
    [{ protocol: "tcp/443", origin_direct: ["${var.origin}"] }, ["PORTS-3", "PORTS-4"]],
  ),
  application(
    "pass by the rules by Spectrum",
    [{ protocol: "tcp/80", dns: { type: "CNAME", name: "app.example.com" } }, []],
    [{ protocol: "tcp/443", origin_dns: { name: "example-production.onrender.com" } }, []],
  ),
];
