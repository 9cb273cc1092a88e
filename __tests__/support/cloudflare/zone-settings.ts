import { ApiRefusal, type Json, objectOf, type Route } from "./api";
import { STAMP, type Estate, type Zone } from "./estate";
import { HSTS_OFF, ZONE_SETTINGS, type SettingKind } from "./zone-setting-table";

/**
 * A zone's settings: they can be read and changed, never deleted.
 *
 * Source: https://developers.cloudflare.com/api/resources/zones/subresources/settings/methods/edit/
 */
export function zoneSettingRoutes(estate: Estate): readonly Route[] {
  return [
    {
      method: "GET",
      path: "zones/:zone/settings/:setting",
      answer: ({ params }) => ({ result: current(estate.zone(params["zone"] ?? ""), params["setting"] ?? "") }),
    },
    {
      method: "PATCH",
      path: "zones/:zone/settings/:setting",
      answer: ({ params, body }) => ({
        result: change(estate.zone(params["zone"] ?? ""), params["setting"] ?? "", objectOf(body)["value"]),
      }),
    },
  ];
}

function kindOf(setting: string): SettingKind {
  const kind = ZONE_SETTINGS.get(setting);
  if (kind === undefined) throw new ApiRefusal(400, 1003, `Undefined zone setting: ${setting}`);
  return kind;
}

function current(zone: Zone, setting: string): Json {
  const initial = { id: setting, value: kindOf(setting).initial, editable: true, modified_on: null };
  return zone.settings.get(setting) ?? initial;
}

function change(zone: Zone, setting: string, value: unknown): Json {
  if (!kindOf(setting).accepts(value)) throw new ApiRefusal(400, 1007, `Invalid value for zone setting ${setting}`);
  const changed = { id: setting, value: complete(value), editable: true, modified_on: STAMP };
  zone.settings.set(setting, changed);
  return changed;
}

/** HSTS is read back with all of its members, whichever of them were sent. */
function complete(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("strict_transport_security" in value)) return value;
  return { strict_transport_security: { ...HSTS_OFF, ...(value.strict_transport_security as Json) } };
}
