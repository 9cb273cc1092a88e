import { parseEntry } from "../../network/address-entry";
import { AddressSet } from "../../network/address-set";
import type { Origin } from "../../policy/origin";
import { each, failure, type Finding, judged, notice, orLetItBe, together } from "../finding";
import {
  type AccessRule,
  accessRules,
  dnsRecords,
  type LiveRecord,
  type PageRule,
  pageRules,
  spectrumApps,
  type WorkersRoute,
  workersRoutes,
} from "../platforms/cloudflare";
import { printable } from "../../errors/one-line";
import { plainName, type ZoneSubject } from "./named";
import { bulkRedirects, otherPhases } from "./phases";

/** Everything that beats the rules of a zone from outside the JSON. */
export function zoneInventory(subject: ZoneSubject): Promise<readonly Finding[]> {
  const { client, zone, tenants } = subject;
  const senders = tenants.flatMap(({ webhooks = [] }) => webhooks.flatMap(({ sender }) => sender.addresses));
  const hosts = new Map(tenants.flatMap((tenant) => Object.entries(tenant.hosts)));
  return together([
    judged(accessRules(client, zone), (rules) => {
      const admitted = AddressSet.of("the senders of webhooks", senders);
      return rules.map((rule) => accessRule(rule, admitted));
    }),
    judged(pageRules(client, zone), (rules) => rules.map(pageRule)),
    judged(workersRoutes(client, zone), (routes) => routes.map(workersRoute)),
    // They open ports that no rule of the zone sees: https://developers.cloudflare.com/spectrum/
    judged(spectrumApps(client, zone), (apps) =>
      apps.map(({ id, protocol, dns: { name = "" } }) => {
        const what = `Spectrum opens ${printable(protocol)} at ${printable(name)}, past every rule`;
        return failure(`cloudflare/spectrum-application/${printable(id)}`, what, orLetItBe("delete the application"));
      }),
    ),
    judged(
      dnsRecords(client, zone),
      each((record) => dnsRecord(record, hosts.get(plainName(record.name)))),
    ),
    bulkRedirects(subject),
    otherPhases(subject),
  ]);
}

/**
 * One that allows skips every custom rule; another one can stop the sender of a webhook before it.
 *
 * @see https://developers.cloudflare.com/waf/tools/ip-access-rules/
 * @see https://developers.cloudflare.com/waf/troubleshooting/phase-interactions/
 */
function accessRule({ id, mode, configuration: { target, value } }: AccessRule, senders: AddressSet): Finding {
  const finding = `cloudflare/ip-access-rule/${printable(id)}`;
  const rule = `an IP Access rule with the action ${printable(mode)} for ${printable(target)} ${printable(value)}`;
  if (mode === "whitelist") {
    const what = `${rule} lets it past every custom rule, the guard of the webhooks included`;
    return failure(finding, what, orLetItBe("delete it under Security > WAF > Tools"));
  }
  const range = parseEntry(value);
  if (range === undefined) {
    const todo = orLetItBe("check that no sender of a webhook is among them");
    return notice(finding, `${rule} stops whom a guard would let through`, todo);
  }
  return AddressSet.ofRanges(value, [range]).overlaps(senders)
    ? failure(finding, `${rule} stops the sender of a webhook`, "delete it, or narrow it")
    : notice(finding, `${rule} stops it before the rules`, orLetItBe("delete it if nobody needs it"));
}

/** It redirects, switches security off or changes TLS: https://developers.cloudflare.com/rules/page-rules/ */
function pageRule({ id, status, targets, actions }: PageRule): Finding {
  const finding = `cloudflare/page-rule/${printable(id)}`;
  const where = targets.map(({ constraint }) => printable(constraint.value)).join(", ");
  const what = `a Page Rule for ${where} does ${actions.map((action) => printable(action.id)).join(", ")}`;
  return status === "active"
    ? failure(finding, what, orLetItBe("move what it does into the environment's rules and delete it"))
    : notice(finding, `${what}; it is switched off`, orLetItBe("delete it"));
}

/** Code that answers in place of the origin, or calls it: https://developers.cloudflare.com/workers/configuration/routing/routes/ */
function workersRoute({ id, pattern, script }: WorkersRoute): Finding {
  const finding = `cloudflare/workers-route/${printable(id)}`;
  const route = `the Workers route ${printable(pattern)}`;
  if ((script ?? "") === "") return notice(finding, `${route} runs nothing`, orLetItBe("delete it"));
  const what = `${route} runs the Worker ${printable(script ?? "")}, which may answer or call the origin by itself`;
  return failure(finding, what, orLetItBe("delete the route"));
}

/** Types that lead no client anywhere: https://www.iana.org/assignments/dns-parameters */
const LEADS_NOWHERE: ReadonlySet<string> = new Set([
  ...["TXT", "MX", "CAA", "DS", "DNSKEY", "TLSA", "SSHFP", "SMIMEA", "CERT", "OPENPGPKEY", "LOC"],
]);

/** Another public name, or a way past the proxy: https://developers.cloudflare.com/dns/proxy-status/ */
function dnsRecord(record: LiveRecord, origin: Origin | undefined): readonly Finding[] {
  const { id, type, content = "", proxied = false } = record;
  const finding = `cloudflare/dns-record/${printable(id)}`;
  const name = `${printable(type)} ${printable(record.name)}`;
  if (LEADS_NOWHERE.has(type)) {
    return [notice(finding, `${name} is in no environment`, orLetItBe("delete it if nobody needs it"))];
  }
  const there = `${name} leads to ${printable(content)}, ${proxied ? "proxied" : "not proxied"}`;
  if (origin === undefined) {
    return [failure(finding, `${there}, and no environment names it`, orLetItBe("delete it, or name it as a host"))];
  }
  if (type === "CNAME" && proxied && plainName(content) === origin.address) return [];
  const todo = `make it the proxied CNAME to ${origin.address} by the next deploy, or delete it`;
  return [failure(finding, `${there}: a host of the policy that doesn't go through its edge`, todo)];
}
