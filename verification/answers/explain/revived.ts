import { AddressSet } from "../../../network/address-set";

/** What a page holds as JSON, as it was before: with its sets of addresses and its maps. */
export function revived(json: string): unknown {
  return JSON.parse(json, (_, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    if ("$map" in value) return new Map(value.$map as [string, unknown][]);
    return "$set" in value && "blocks" in value ? AddressSet.of(String(value.$set), value.blocks as string[]) : value;
  });
}
