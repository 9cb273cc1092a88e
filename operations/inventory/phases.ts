import { EdgePart } from "../../policy/edge-options";
import { EdgePhase } from "../../policy/edge-phase";
import type { EdgePolicy } from "../../policy/slices";
import type { OwnedZone } from "../../policy/zone";
import { failure, type Finding, judged, notice, orLetItBe, together } from "../finding";
import type { Client } from "../platforms/client";
import {
  accountLists,
  entryPoint,
  LISTS,
  type LiveList,
  type LiveRule,
  listRedirects,
  type ReadPhase,
  type Redirect,
} from "../platforms/cloudflare";
import { printable } from "../../errors/one-line";
import type { ZoneSubject } from "./named";

/**
 * The effect of a rule in each phase that can undo what the edge does: those in which no edge has rules, and those of the edge that
 * are left to somebody else.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
const EFFECT: Readonly<Record<ReadPhase, string>> = {
  http_request_transform: "rewrites the path before the custom rules see it",
  http_config_settings: "switches settings of the zone for the requests that it matches",
  http_request_origin: "sends the requests that it matches to another origin, port or host",
  [EdgePhase.REDIRECT]: "answers the requests that it matches before the custom rules see them",
  [EdgePhase.CUSTOM]: "decides about the requests that it matches, and may skip what comes after it",
  [EdgePhase.LATE_TRANSFORM]: "changes headers on their way to the origin, where the edge's secret is one",
};

/** Rules in phases that come before or beside those of the edge, or that the edge leaves to somebody else. */
export function otherPhases({ client, zone, edge }: ZoneSubject): Promise<readonly Finding[]> {
  const written: readonly string[] = writtenPhases(edge);
  const phases = (Object.keys(EFFECT) as ReadPhase[]).filter((phase) => !written.includes(phase));
  return together(
    phases.map((phase) =>
      judged(entryPoint(client, zone, phase), (ruleset) =>
        (ruleset?.rules ?? []).map((rule) => liveRule(rule, `${phase} ${EFFECT[phase]}`)),
      ),
    ),
  );
}

function liveRule({ id, description = "", enabled = true }: LiveRule, phase: string): Finding {
  const finding = `cloudflare/rule/${printable(id)}`;
  const what = `a rule "${printable(description)}" in ${phase}`;
  return enabled
    ? failure(finding, what, orLetItBe("delete it, or narrow it to hosts that no environment names"))
    : notice(finding, `${what}; it is switched off`, orLetItBe("delete it"));
}

/** The parts that write rules into each phase. */
const PARTS_OF: Readonly<Record<EdgePhase, readonly EdgePart[]>> = {
  [EdgePhase.REDIRECT]: [EdgePart.REDIRECT],
  [EdgePhase.CUSTOM]: [EdgePart.PORTS, EdgePart.WEBHOOK_GUARD],
  [EdgePhase.LATE_TRANSFORM]: [EdgePart.ORIGIN_SECRET],
};

/** The phases in which an edge writes rules. The rules of the others stay as they are. */
export function writtenPhases({ leave = [], otherRules = [], tenants }: EdgePolicy): readonly EdgePhase[] {
  const hasWebhook = tenants.some(({ webhooks = [] }) => webhooks.length > 0);
  const writes = (part: EdgePart): boolean => !leave.includes(part) && (part !== EdgePart.WEBHOOK_GUARD || hasWebhook);
  return Object.values(EdgePhase).filter(
    (phase) => PARTS_OF[phase].some(writes) || otherRules.some((rule) => rule.phase === phase),
  );
}

const SHOWN = 3;

/**
 * Bulk Redirects of the account whose source is in the zone. They are counted also where no rule uses their list: one needs
 * no change of the zone to do so.
 *
 * @see https://developers.cloudflare.com/rules/url-forwarding/bulk-redirects/
 */
export function bulkRedirects({ client, zone }: ZoneSubject): Promise<readonly Finding[]> {
  return judged(accountLists(client, zone), (lists) =>
    together(lists.filter(({ kind }) => kind === "redirect").map((list) => redirects(client, zone, list))),
  );
}

function redirects(client: Client, zone: OwnedZone, { id: list, name }: LiveList): Promise<readonly Finding[]> {
  const id = `cloudflare/redirect-list/${printable(list)}`;
  const subject = `the list of redirects ${printable(name)}`;
  return judged({ id, subject, needs: LISTS, reading: listRedirects(client, zone.account, list) }, (items) => {
    const sources = items.filter((item) => isIn(zone.name, item)).map(({ source_url }) => source_url);
    if (sources.length === 0) return [];
    const examples = sources.slice(0, SHOWN).map(printable).join(", ");
    const what = `${subject} answers ${String(sources.length)} addresses of ${zone.name} before the rules: ${examples}`;
    return [failure(id, what, orLetItBe("take them out of the list"))];
  });
}

/** Whether a redirect can answer a host of the zone. A source needs no scheme. */
function isIn(zone: string, { source_url: source, include_subdomains: below = false }: Redirect): boolean {
  const host = (/^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)/i.exec(source)?.[1] ?? "").replace(/:\d*$/, "").toLowerCase();
  return host === zone || host.endsWith(`.${zone}`) || (below && zone.endsWith(`.${host}`));
}
