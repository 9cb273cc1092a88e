import { printable } from "../../printable";
import { listLists, listRedirects, type LiveList, type RedirectItem } from "../../platforms/cloudflare";
import { cannotTell, failure, type Finding, orLetItBe } from "../finding";
import type { ZoneSubject } from "./subject";

const NEEDS = "Account > Account Filter Lists > Read";
const SHOWN = 3;

/**
 * Bulk Redirects of the account whose source is in the zone. They are counted also where no rule uses their list: one needs
 * no change of the zone to do so.
 *
 * @see https://developers.cloudflare.com/rules/url-forwarding/bulk-redirects/
 */
export async function bulkRedirects(subject: ZoneSubject): Promise<readonly Finding[]> {
  const { client, zone } = subject;
  const lists = await listLists(client, zone.account);
  if (lists.kind === "unreadable") {
    return [cannotTell(`cloudflare/redirect-lists/${zone.account}`, "the account's lists of redirects", lists, NEEDS)];
  }
  const redirecting = lists.value.filter(({ kind }) => kind === "redirect");
  return (await Promise.all(redirecting.map((list) => ofList(subject, list)))).flat();
}

async function ofList({ client, zone }: ZoneSubject, { id, name }: LiveList): Promise<readonly Finding[]> {
  const finding = `cloudflare/redirect-list/${printable(id)}`;
  const list = `the list of redirects ${printable(name)}`;
  const items = await listRedirects(client, zone.account, encodeURIComponent(id));
  if (items.kind === "unreadable") return [cannotTell(finding, list, items, NEEDS)];
  const sources = items.value.filter((item) => isIn(zone.name, item)).map(({ source_url }) => source_url);
  if (sources.length === 0) return [];
  const examples = sources.slice(0, SHOWN).map(printable).join(", ");
  const what = `${list} answers ${String(sources.length)} addresses of ${zone.name} before the rules: ${examples}`;
  return [failure(finding, { what, todo: orLetItBe("take them out of the list") })];
}

/** Whether a redirect can answer a host of the zone. A source needs no scheme. */
function isIn(zone: string, { source_url: source, include_subdomains: below = false }: RedirectItem): boolean {
  const host = (/^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)/i.exec(source)?.[1] ?? "").replace(/:\d*$/, "").toLowerCase();
  return host === zone || host.endsWith(`.${zone}`) || (below && zone.endsWith(`.${host}`));
}
