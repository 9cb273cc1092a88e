import { EdgePart } from "../../policy/edge-options";
import type { EdgePhase } from "../../policy/edge-phase";
import { otherRuleSchema } from "../../policy/other-rule";
import type { EdgePolicy } from "../../policy/slices";
import { cannotTell, failure, type Finding, judged, notice } from "../finding";
import { plainName } from "../inventory/named";
import { writtenPhases } from "../inventory/phases";
import type { Client } from "../platforms/client";
import { dnsRecords, entryPoint, type LiveRecord, type LiveRule, type LiveRuleset } from "../platforms/cloudflare";
import { printable } from "../../errors/one-line";
import type { Subject } from "./checklist";

/** A phase in which the deploy writes rules. */
interface WrittenPhase {
  readonly phase: EdgePhase;
  /** Why it isn't known which rules are there. */
  readonly unread?: Finding;
  /** The ruleset that is there, as far as it is known. */
  readonly live?: LiveRuleset | undefined;
}

/** A zone that is about to be changed. */
export interface ChangedZone extends Pick<Subject, "drop" | "stack"> {
  readonly client: Client;
  readonly edge: EdgePolicy;
  readonly phases: readonly WrittenPhase[];
  /** Whether this project's rules are in the zone already: then its resources are in its state, and nothing collides. */
  readonly isDeployed: boolean;
}

export async function changedZone(client: Client, { policy: { edge }, drop, stack }: Subject): Promise<ChangedZone> {
  const phases = await Promise.all(
    writtenPhases(edge).map(async (phase): Promise<WrittenPhase> => {
      const { id, subject, needs, reading } = entryPoint(client, edge.zone, phase);
      const answer = await reading;
      return answer.kind === "read"
        ? { phase, live: answer.value }
        : { phase, unread: cannotTell(id, subject, answer, needs) };
    }),
  );
  return { client, edge, drop, stack, phases, isDeployed: phases.some(({ live }) => rulesOf(live).some(isOwn)) };
}

const rulesOf = (live: LiveRuleset | undefined): readonly LiveRule[] => live?.rules ?? [];

/** The name of a ruleset in `edge.existing` that names none. */
const DEFAULT_NAME = "default";
export const AT_THE_END = "paste the block at the end into the environment's `edge`";

/** The rulesets that the zone has already, and the rules in them that the deploy would delete. */
export function rulesets(subject: ChangedZone): readonly Finding[] {
  const { phases, drop } = subject;
  return [
    ...phases.flatMap((written) => written.unread ?? collision(subject, written)),
    ...doomed(subject).map((placed) => doom(placed, drop)),
    ...idleDrops(subject),
  ];
}

/** The rules that the deploy would delete and that nobody gave up. */
export function keptRules(subject: ChangedZone): readonly Placed[] {
  return doomed(subject).filter(({ rule }) => !subject.drop.includes(keptRef(rule)));
}

function collision({ edge, isDeployed }: ChangedZone, { phase, live }: WrittenPhase): readonly Finding[] {
  const id = `cloudflare/ruleset/${edge.zone.id}/${phase}`;
  const declared = edge.existing?.rulesets?.[phase];
  if (live === undefined) {
    if (declared === undefined) return [];
    const what = `edge.existing names the ruleset ${declared.id} of ${phase}, and the zone has none there`;
    return [failure(id, what, "take it out of edge.existing: an import of nothing fails the deploy")];
  }
  if (declared === undefined) {
    // The state has everything that this project has deployed.
    if (isDeployed && rulesOf(live).some(isOwn)) return [];
    const what = `the zone has a ruleset in ${phase} already, ${shown(live)}: creating another fails (20217)`;
    return [failure(id, what, AT_THE_END)];
  }
  const { id: named, name = DEFAULT_NAME } = declared;
  if (named === live.id && name === live.name) return [];
  const what = `edge.existing names the ruleset ${named} "${name}" of ${phase}, and the zone has ${shown(live)}`;
  return [failure(id, what, `${AT_THE_END}: a ruleset whose name changes is replaced`)];
}

function doom({ phase, rule }: Placed, drop: readonly string[]): Finding {
  const ref = keptRef(rule);
  const id = `cloudflare/rule/${phase}/${printable(ref)}`;
  const { description = "", action = "" } = rule;
  const what = `the deploy deletes the rule "${printable(description)}" (${printable(action)}) of ${phase}`;
  return drop.includes(ref)
    ? notice(id, what, `nothing: --drop ${ref} gives it up`)
    : failure(id, what, `to keep it, ${AT_THE_END}; to give it up, add --drop ${printable(ref)}`);
}

function shown({ id, name }: LiveRuleset): string {
  return `${printable(id)} "${printable(name)}"`;
}

/** Rules that were given up and aren't there: a slip of the pen, most likely. Files are given up as `owner/name:path`. */
function idleDrops({ phases, drop }: ChangedZone): readonly Finding[] {
  const refs = phases.flatMap(({ live }) => rulesOf(live).map(keptRef));
  return drop
    .filter((name) => !name.includes(":") && !refs.includes(name))
    .map((name) =>
      notice(`drop/${printable(name)}`, `no live rule has the ref ${printable(name)}`, "mend --drop, or leave it out"),
    );
}

/** A rule of a phase. */
export interface Placed {
  readonly phase: EdgePhase;
  readonly rule: LiveRule;
}

/** The refs that begin so are the edge's own. */
const OWN = /^edge_/;

const isOwn = ({ ref = "" }: LiveRule): boolean => OWN.test(ref);

const refs = otherRuleSchema.shape.ref;

/** The ref under which a rule is kept: its own, or its id where its own isn't one that a policy may have. */
export function keptRef({ id, ref = id }: LiveRule): string {
  return refs.safeParse(ref).success ? ref : id;
}

/** The live rules that the deploy would delete. */
function doomed({ phases, edge: { otherRules = [] } }: ChangedZone): readonly Placed[] {
  return phases.flatMap(({ phase, live }) => {
    const kept = new Set(otherRules.filter((rule) => rule.phase === phase).map(({ ref }) => ref));
    return rulesOf(live)
      .filter((rule) => !isOwn(rule) && !kept.has(keptRef(rule)))
      .map((rule) => ({ phase, rule }));
  });
}

/** The types that share no name with a CNAME: https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/ */
const COLLIDING: ReadonlySet<string> = new Set(["A", "AAAA", "CNAME", "NS"]);

/** The records that take the place of a host's, by host. */
export async function liveRecords({ client, edge }: ChangedZone): Promise<ReadonlyMap<string, readonly LiveRecord[]>> {
  const hosts = writtenHosts(edge);
  const records = hosts.length === 0 ? undefined : await dnsRecords(client, edge.zone).reading;
  return records?.kind === "read" ? new Map(hosts.map(([host]) => [host, at(host, records.value)])) : new Map();
}

/** The records that hosts have already. */
export function records(subject: ChangedZone): readonly Finding[] | Promise<readonly Finding[]> {
  const { client, edge } = subject;
  const hosts = writtenHosts(edge);
  if (hosts.length === 0) return [];
  return judged(dnsRecords(client, edge.zone), (live) =>
    hosts.flatMap(([host, address]) => ofHost(subject, host, address, at(host, live), edge.existing?.records?.[host])),
  );
}

function ofHost(
  { isDeployed }: ChangedZone,
  host: string,
  address: string,
  live: readonly LiveRecord[],
  declared: string | undefined,
): readonly Finding[] {
  const id = `cloudflare/host-record/${host}`;
  const shown = live.map(
    ({ id: record, type, content = "" }) => `${printable(type)} ${printable(content)} (${printable(record)})`,
  );
  if (declared !== undefined && !live.some((record) => record.id === declared)) {
    const what = `edge.existing names the record ${declared} of ${host}, which has ${shown.join(", ") || "none"}`;
    return [failure(id, what, "mend it, or take it out of edge.existing: an import of nothing fails the deploy")];
  }
  const [first, ...others] = live;
  if (first === undefined) return [];
  if (others.length > 0) {
    const what = `${host} has ${String(live.length)} records, and the deploy makes it one CNAME: ${shown.join(", ")}`;
    return [failure(id, what, `keep one for the import and delete the others; ${AT_THE_END}`)];
  }
  const isOurs = first.type === "CNAME" && first.proxied === true && first.content === address;
  if (declared !== undefined || (isDeployed && isOurs)) return [];
  return [failure(id, `${host} has a record already: ${shown.join(", ")}`, AT_THE_END)];
}

function at(host: string, live: readonly LiveRecord[]): readonly LiveRecord[] {
  return live.filter(({ name, type }) => plainName(name) === host && COLLIDING.has(type));
}

/** The hosts whose records the deploy writes, with their origins. */
function writtenHosts({ tenants, leave = [] }: EdgePolicy): readonly (readonly [host: string, address: string])[] {
  const written = leave.includes(EdgePart.DNS) ? [] : tenants;
  return written.flatMap(({ hosts }) => Object.entries(hosts).map(([host, { address }]) => [host, address] as const));
}
