import { type JsonObject, resourcesOf } from "../../terraform/json";
import type { Check } from "./finding";

/** The types of records that can be proxied: https://developers.cloudflare.com/dns/proxy-status/ */
const PROXIABLE: readonly string[] = ["A", "AAAA", "CNAME"];

/**
 * Finds records that publish an origin's own address: who knows it passes by the edge and its rules. The provider's
 * default is unproxied (cloudflare 5.22.0, `internal/services/dns_record/schema.go`), so only a literal `true` will do.
 */
export const unproxiedRecord: Check = (terraformJson) =>
  resourcesOf(terraformJson, "cloudflare_dns_record")
    .filter(({ value: record }) => mayBeProxied(record) && record["proxied"] !== true)
    .map(({ value: record, pointer }) => ({
      pointer,
      wrong: `the record ${JSON.stringify(record["name"])} (${String(record["type"])}) isn't proxied for certain: its content is public, past every rule of the edge`,
      meant: "a host that is reached through the edge only",
      change: 'set "proxied" to the literal true, or remove the record',
    }));

const mayBeProxied = ({ type }: JsonObject): boolean =>
  typeof type !== "string" || type.includes("${") || PROXIABLE.includes(type.toUpperCase());
