import { isObject, type JsonObject } from "../../model/terraform/json";

/** A block, which Terraform's JSON syntax lets stand in a list. */
export function blocksOf(json: unknown): readonly JsonObject[] {
  return [json].flat().filter(isObject);
}
