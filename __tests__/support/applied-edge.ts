import type { Platforms } from "../../rehearsal/platforms";
import { type Attributes, resourcesOf, type TerraformJson } from "./synthesized";

/** Asks Cloudflare's API for the edge of a synthesized stack, as the provider would: for tests without it. */
export async function applyEdge({ variables }: Platforms, zone: string, stack: TerraformJson): Promise<void> {
  const { CLOUDFLARE_BASE_URL: base = "", CLOUDFLARE_API_TOKEN: token = "" } = variables;
  const ask = async (method: string, path: string, resource: Attributes): Promise<void> => {
    const { "//": _, lifecycle: __, depends_on: ___, ...body } = resource;
    const text = JSON.stringify(body).replace(/\$\{var\.edge_secret_\w+\}/g, "4f1d7c2b9a8e6053d1c4b7a2e9f80615");
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${base}/zones/${zone}/${path}`, { method, headers, body: text });
    if (!answer.ok) throw new Error(await answer.text());
  };
  for (const ruleset of resourcesOf(stack, "cloudflare_ruleset")) await ask("POST", "rulesets", ruleset);
  for (const { setting_id: name, value } of resourcesOf(stack, "cloudflare_zone_setting"))
    await ask("PATCH", `settings/${String(name)}`, { value });
  for (const settings of resourcesOf(stack, "cloudflare_url_normalization_settings"))
    await ask("PUT", "url_normalization", settings);
  for (const record of resourcesOf(stack, "cloudflare_dns_record")) await ask("POST", "dns_records", record);
}
