import { ApiRefusal, type Json, objectOf, type Route, textOf } from "./api";
import { pageOf } from "./pages";
import { existing, STAMP, type Estate, type Zone } from "./estate";

/**
 * A zone's DNS records.
 *
 * Source: https://developers.cloudflare.com/api/resources/dns/subresources/records/ and, for names that exclude each
 * other, https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/
 */
export function dnsRecordRoutes(estate: Estate): readonly Route[] {
  const zoneOf = (params: Readonly<Record<string, string>>): Zone => estate.zone(params["zone"] ?? "");
  return [
    {
      method: "GET",
      path: "zones/:zone/dns_records",
      answer: ({ params, query }) => pageOf([...zoneOf(params).records.values()], pageSize(query)),
    },
    {
      method: "POST",
      path: "zones/:zone/dns_records",
      answer: ({ params, body }) => ({ result: store(zoneOf(params), estate.newId(), objectOf(body)) }),
    },
    {
      method: "GET",
      path: "zones/:zone/dns_records/:id",
      answer: ({ params }) => ({ result: existing(zoneOf(params).records, params["id"] ?? "", "DNS record") }),
    },
    {
      method: "PUT",
      path: "zones/:zone/dns_records/:id",
      answer: ({ params, body }) => {
        const id = params["id"] ?? "";
        existing(zoneOf(params).records, id, "DNS record");
        return { result: store(zoneOf(params), id, objectOf(body)) };
      },
    },
    {
      method: "DELETE",
      path: "zones/:zone/dns_records/:id",
      answer: ({ params }) => {
        const id = params["id"] ?? "";
        existing(zoneOf(params).records, id, "DNS record");
        zoneOf(params).records.delete(id);
        return { result: { id } };
      },
    },
  ];
}

/** A page of records holds 100 by default. */
function pageSize(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams({ per_page: "100", ...Object.fromEntries(query) });
}

function store(zone: Zone, id: string, wanted: Json): Json {
  const name = fullName(textOf(wanted, "name"), zone.name);
  const others = [...zone.records.values()].filter((record) => record["id"] !== id && record["name"] === name);
  refuseClash(others, textOf(wanted, "type"), textOf(wanted, "content"));
  const record = { ...FRESH, ...wanted, id, name };
  zone.records.set(id, record);
  return record;
}

const FRESH: Json = {
  proxied: false,
  proxiable: true,
  ttl: 1,
  settings: {},
  meta: {},
  comment: null,
  tags: [],
  created_on: STAMP,
  modified_on: STAMP,
};

/** A name outside the zone is read as relative to it. */
function fullName(name: string, zone: string): string {
  if (name === "@") return zone;
  return name === zone || name.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
}

function refuseClash(others: readonly Json[], type: string, content: string): void {
  if (others.some((other) => other["type"] === type && other["content"] === content)) {
    throw new ApiRefusal(400, 81058, "An identical record already exists.");
  }
  if (others.some((other) => other["type"] === "CNAME")) {
    throw new ApiRefusal(400, 81054, "A CNAME record with that host already exists.");
  }
  if (type === "CNAME" && others.some((other) => other["type"] === "A" || other["type"] === "AAAA")) {
    throw new ApiRefusal(400, 81053, "An A, AAAA, or CNAME record with that host already exists.");
  }
}
