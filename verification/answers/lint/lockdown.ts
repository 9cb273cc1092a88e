import { resourcesOf } from "../../terraform/json";
import type { Check } from "./finding";

/**
 * Finds every zone lockdown. Cloudflare recommends custom rules in its place
 * (https://developers.cloudflare.com/waf/tools/zone-lockdown/), and nothing documents whether its pattern of URLs
 * matches an encoded slash (`%2F`), so it can't be relied on to guard a path.
 */
export const lockdown: Check = (terraformJson) =>
  resourcesOf(terraformJson, "cloudflare_zone_lockdown").map(({ pointer }) => ({
    pointer,
    wrong: "a zone lockdown guards by a pattern of URLs, which an encoded slash (%2F) may pass by",
    meant: "a guard that holds for every spelling of the path",
    change: "guard the path by a custom rule: name it as a webhook of the environment",
  }));
