import { printable } from "../../printable";
import type { Client } from "../../platforms/client";
import { readDataApi } from "../../platforms/supabase";
import { cannotTell, failure, type Finding, orLetItBe } from "../finding";

/**
 * The Data API, which reaches the database over 443 for anyone with the public key: network restrictions don't cover it.
 *
 * @see https://supabase.com/docs/guides/platform/network-restrictions#limitations
 */
export async function dataApi(client: Client, ref: string): Promise<readonly Finding[]> {
  const id = `supabase/data-api/${ref}`;
  const reading = await readDataApi(client, ref);
  if (reading.kind === "unreadable") return [cannotTell(id, `whether the Data API of ${ref} is on`, reading)];
  const schemas = reading.value.db_schema.trim();
  if (schemas === "") return [];
  const what = `the Data API of ${ref} is on (${printable(schemas)}): it reaches the database from anywhere`;
  return [failure(id, { what, todo: orLetItBe("switch it off under Project Settings > Data API") })];
}
