import type { Field } from "./field";
import { FIELD_DATA } from "./field-data";

/** Every field, by name. Deprecated names (`ip.geoip.*`) are among them: Cloudflare still takes them. */
export const FIELDS: ReadonlyMap<string, Field> = new Map(FIELD_DATA.map((field) => [field.name, field]));
