import { EdgePhase } from "../../policy/edge-phase";
import type { OtherRule } from "../../policy/other-rule";
import type { EdgePolicy } from "../../policy/slices";
import type { OwnedZone } from "../../policy/zone";
import { importLine, textAt } from "../deploy/stack";
import { failure, type Finding, judged, notice, together, unheld } from "../finding";
import { plainName } from "../inventory/named";
import type { Client } from "../platforms/client";
import { accountLists, botSettings, dnsRecords, gatewayPolicies, zoneFacts } from "../platforms/cloudflare";
import { printable } from "../../errors/one-line";
import { itemsOn, type PlatformItem, type Subject } from "./checklist";
import { records, rulesets, type ChangedZone, changedZone } from "./collisions";

type Look = (subject: ChangedZone) => readonly Finding[] | Promise<readonly Finding[]>;

/** The lines about a zone before its first change. */
export function zone(subject: Subject): readonly PlatformItem[] {
  const { environment, policy, tenancy } = subject;
  if (tenancy === undefined) return [];
  const { edge } = policy;
  const item = itemsOn("cloudflare");
  const inZone = (title: string, look: Look) => item(title, async (client) => look(await changedZone(client, subject)));
  const hasWebhook = edge.tenants.some(({ webhooks = [] }) => webhooks.length > 0);
  return [
    item(`The zone ${edge.zone.name} is as ${environment.name} says`, (client) => facts(client, edge.zone)),
    inZone("Rulesets of the zone are taken over, and no rule is deleted unseen", rulesets),
    inZone("Records of the hosts are taken over", records),
    item("The zone's settings reach only hosts that are known", (client) => reach(client, edge)),
    inZone("The names of lists and the places of Gateway policies are free", (own) =>
      together([lists(own), places(own)]),
    ),
    ...(hasWebhook ? [item("Bot Fight Mode lets the webhooks through", (client) => bots(client, edge))] : []),
  ];
}

/** The zone's plan, and what else the environment says of it. */
function facts(client: Client, zone: OwnedZone): Promise<readonly Finding[]> {
  return judged(zoneFacts(client, zone), ({ plan, name, account, status, paused }) =>
    unheld("cloudflare", zone.id, `the zone ${zone.id}`, [
      [
        plan.legacy_id === zone.plan,
        "plan",
        `is on the plan ${printable(plan.legacy_id)}, and the environment says ${zone.plan}`,
        "write the real plan: limits are checked against it, and a rule that the plan can't do fails the deploy",
      ],
      [
        name === zone.name,
        "zone-name",
        `is called ${printable(name)}, and the environment says ${zone.name}`,
        "put the zone's own id and name together",
      ],
      [
        account.id === zone.account,
        "account",
        `belongs to the account ${printable(account.id)}, and the environment says ${zone.account}`,
        "write the account that holds the zone",
      ],
      [
        status === "active" && !paused,
        "status",
        `is ${paused ? "paused" : printable(status)}: nothing goes through its edge`,
        "finish the zone's set-up on Cloudflare, or resume it",
      ],
    ]),
  );
}

/** Every other host that the zone's settings reach. */
function reach(client: Client, { zone, tenants, hsts }: EdgePolicy): Promise<readonly Finding[]> {
  return judged(dnsRecords(client, zone), (live) => {
    const own = new Set(tenants.flatMap(({ hosts }) => Object.keys(hosts)));
    const reached = live.filter(
      ({ proxied = false, type }) =>
        proxied || (hsts?.includeSubDomains === true && ["A", "AAAA", "CNAME"].includes(type)),
    );
    const names = new Set(reached.map(({ name }) => printable(plainName(name))));
    const others = [...names].filter((name) => !own.has(name)).sort();
    if (others.length === 0) return [];
    const what = `the blocked ports, TLS, HSTS and normalisation of ${zone.name} also reach ${others.join(", ")}`;
    const todo = "ask whoever runs them: whether they speak HTTPS on 443, with a valid certificate at their origin";
    return [notice(`cloudflare/reach/${zone.id}`, what, todo)];
  });
}

/** The account's lists whose names the deploy would take. */
function lists({ client, edge: { zone }, stack, isDeployed }: ChangedZone): Promise<readonly Finding[]> {
  return judged(stack, (read) => {
    const wanted = read.resources("cloudflare_list");
    if (wanted.length === 0 || isDeployed) return [];
    return judged(accountLists(client, zone), (live) =>
      wanted.flatMap((resource) => {
        const name = textAt(resource, "name");
        return live
          .filter((list) => list.name === name)
          .map(({ id }) =>
            failure(
              `cloudflare/list/${printable(id)}`,
              `the account has a list ${name} already`,
              "import it, or delete it if no rule names it",
              importLine(read, resource, `${zone.account}/${printable(id)}`),
            ),
          );
      }),
    );
  });
}

/** The Gateway policies whose place the deploy would take. */
function places({ client, edge: { zone }, stack }: ChangedZone): Promise<readonly Finding[]> {
  return judged(stack, (read) => {
    const wanted = read.resources("cloudflare_zero_trust_gateway_policy");
    if (wanted.length === 0) return [];
    const todo = "give workerEgress another precedence, a multiple of 1000 that is free with the 500 after it";
    return judged(gatewayPolicies(client, zone), (live) =>
      wanted.flatMap((resource) =>
        live
          .filter(({ name }) => name !== textAt(resource, "name"))
          .filter(({ precedence }) => precedence === resource.attributes["precedence"])
          .map(({ id, name, precedence }) => {
            const what = `the Gateway policy "${printable(name)}" has the place ${String(precedence)} already`;
            return failure(`cloudflare/gateway-policy/${printable(id)}`, what, todo);
          }),
      ),
    );
  });
}

/** The phase of Super Bot Fight Mode, which a custom rule may skip. Bot Fight Mode has none. */
const PHASE = "http_request_sbfm";

/** Conditions that the webhooks' POSTs meet, whatever their paths. */
const EVERYTHING: ReadonlySet<string> = new Set(["true", "ssl"]);

/**
 * Bot Fight Mode beside a webhook: it takes the sender's POSTs for a bot's, and no rule lets them past it.
 *
 * @see https://developers.cloudflare.com/bots/get-started/bot-fight-mode/
 * @see https://developers.cloudflare.com/bots/get-started/super-bot-fight-mode/
 */
function bots(client: Client, { zone, tenants, otherRules = [] }: EdgePolicy): Promise<readonly Finding[]> {
  const webhooks = tenants.flatMap(({ webhooks: own = [] }) => own);
  const asked = botSettings(client, zone);
  return judged(asked, (live) => {
    const { fight_mode: fights = false, sbfm_definitely_automated: certain, sbfm_likely_automated: likely } = live;
    const whom = [...new Set(webhooks.map(({ sender }) => sender.name))].sort().join(", ");
    if (fights) {
      const what = `Bot Fight Mode is on: it may challenge the webhooks of ${whom}, and no rule can except them`;
      return [failure(asked.id, what, "switch it off under Security > Bots")];
    }
    const answers = new Set([certain, likely].flatMap((answer = "allow") => (answer === "allow" ? [] : [answer])));
    if (answers.size === 0) return [];
    const what = `Super Bot Fight Mode answers automated requests with ${[...answers].map(printable).join(" or ")}: also the webhooks of ${whom}`;
    const skips = otherRules.filter(skipsBots);
    const excepts = ({ expression }: OtherRule): boolean =>
      EVERYTHING.has(expression) || webhooks.every(({ path }) => expression.includes(path));
    if (skips.some(excepts)) return [];
    const [unsure] = skips;
    const todo = `add an OtherRule with the action skip and { phases: ["${PHASE}"] } for the webhooks, or let it allow them`;
    return unsure === undefined
      ? [failure(asked.id, what, todo)]
      : [notice(asked.id, `${what}, unless ${unsure.ref} excepts them`, "check that its expression matches them")];
  });
}

function skipsBots({ phase, action, enabled = true, actionParameters: { phases = [] } = {} }: OtherRule): boolean {
  return phase === EdgePhase.CUSTOM && action === "skip" && enabled && [phases].flat().includes(PHASE);
}
