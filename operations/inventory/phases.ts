import { EdgePart } from "../../policy/edge-options";
import { EdgePhase } from "../../policy/edge-phase";
import type { EdgePolicy } from "../../policy/slices";
import type { OwnedZone } from "../../policy/zone";
import { failure, type Finding, judged, notice, orLetItBe, together } from "../finding";
import type { Client } from "../platforms/client";
import {
  listLists,
  listRedirects,
  type LiveList,
  type LiveRule,
  readEntryPoint,
  type RedirectItem,
} from "../platforms/cloudflare";
import { printable } from "../printable";
import type { ZoneSubject } from "./named";

/** A phase in which a rule can undo what the edge does, with the right that reading it takes. */
interface Phase {
  readonly phase: string;
  readonly effect: string;
  readonly needs: string;
}

/**
 * Phases in which no edge has rules.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
const OTHERS: readonly Phase[] = [
  {
    phase: "http_request_transform",
    effect: "rewrites the path before the custom rules see it",
    needs: "Zone > Transform Rules > Read",
  },
  {
    phase: "http_config_settings",
    effect: "switches settings of the zone for the requests that it matches",
    needs: "Zone > Config Rules > Read",
  },
  {
    phase: "http_request_origin",
    effect: "sends the requests that it matches to another origin, port or host",
    needs: "Zone > Origin Rules > Read",
  },
];

/** What a rule does in a phase of the edge that is left to somebody else. */
const EFFECT: Readonly<Record<EdgePhase, string>> = {
  [EdgePhase.REDIRECT]: "answers the requests that it matches before the custom rules see them",
  [EdgePhase.CUSTOM]: "decides about the requests that it matches, and may skip what comes after it",
  [EdgePhase.LATE_TRANSFORM]: "changes headers on their way to the origin, where the edge's secret is one",
};

/** Rules in phases that come before or beside those of the edge, or that the edge leaves to somebody else. */
export function otherPhases({ client, zone, edge }: ZoneSubject): Promise<readonly Finding[]> {
  const written = writtenPhases(edge);
  const left = Object.values(EdgePhase).filter((phase) => !written.includes(phase));
  const phases = [...OTHERS, ...left.map((phase) => ({ phase, effect: EFFECT[phase], needs: RIGHT_OF[phase] }))];
  return together(
    phases.map(({ phase, effect, needs }) =>
      judged(
        {
          id: `cloudflare/phase/${zone.id}/${phase}`,
          subject: `the rules of ${zone.name} in ${phase}`,
          needs,
          reading: readEntryPoint(client, zone.id, phase),
        },
        (ruleset) => (ruleset?.rules ?? []).map((rule) => liveRule(rule, phase, effect)),
      ),
    ),
  );
}

function liveRule({ id, description = "", enabled = true }: LiveRule, phase: string, effect: string): Finding {
  const finding = `cloudflare/rule/${printable(id)}`;
  const what = `a rule "${printable(description)}" in ${phase} ${effect}`;
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

/** The right that reading a phase takes. */
export const RIGHT_OF: Readonly<Record<EdgePhase, string>> = {
  [EdgePhase.REDIRECT]: "Zone > Single Redirect > Read",
  [EdgePhase.CUSTOM]: "Zone > Zone WAF > Read",
  [EdgePhase.LATE_TRANSFORM]: "Zone > Transform Rules > Read",
};

const NEEDS = "Account > Account Filter Lists > Read";
const SHOWN = 3;

/**
 * Bulk Redirects of the account whose source is in the zone. They are counted also where no rule uses their list: one needs
 * no change of the zone to do so.
 *
 * @see https://developers.cloudflare.com/rules/url-forwarding/bulk-redirects/
 */
export function bulkRedirects({ client, zone }: ZoneSubject): Promise<readonly Finding[]> {
  return judged(
    {
      id: `cloudflare/redirect-lists/${zone.account}`,
      subject: "the account's lists of redirects",
      needs: NEEDS,
      reading: listLists(client, zone.account),
    },
    (lists) => together(lists.filter(({ kind }) => kind === "redirect").map((list) => redirects(client, zone, list))),
  );
}

function redirects(client: Client, zone: OwnedZone, { id, name }: LiveList): Promise<readonly Finding[]> {
  const finding = `cloudflare/redirect-list/${printable(id)}`;
  const subject = `the list of redirects ${printable(name)}`;
  const reading = listRedirects(client, zone.account, encodeURIComponent(id));
  return judged({ id: finding, subject, needs: NEEDS, reading }, (items) => {
    const sources = items.filter((item) => isIn(zone.name, item)).map(({ source_url }) => source_url);
    if (sources.length === 0) return [];
    const examples = sources.slice(0, SHOWN).map(printable).join(", ");
    const what = `${subject} answers ${String(sources.length)} addresses of ${zone.name} before the rules: ${examples}`;
    return [failure(finding, what, orLetItBe("take them out of the list"))];
  });
}

/** Whether a redirect can answer a host of the zone. A source needs no scheme. */
function isIn(zone: string, { source_url: source, include_subdomains: below = false }: RedirectItem): boolean {
  const host = (/^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)/i.exec(source)?.[1] ?? "").replace(/:\d*$/, "").toLowerCase();
  return host === zone || host.endsWith(`.${zone}`) || (below && zone.endsWith(`.${host}`));
}
