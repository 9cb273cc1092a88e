import { type Problem, shown } from "../errors/invalid-input";
import { acceptanceOf, holdsStatement, subjectOf } from "./accept";
import { databasesProblems } from "./datastore";
import { STATEMENTS_OF_PART } from "./edge-options";
import { type Environment, tenancies, type Tenancy } from "./environment";
import { duplicates, type Located } from "./problems";
import { scansProblems } from "./repository";
import { ingressProblems } from "./web-ingress";
import { webhookProblems } from "./webhook";
import { workersProblems } from "./worker-egress";

/** A rule over the environments of an app. */
interface CoherenceRule {
  /** The members that it reads beside the name. It sees the environments in which these are well-formed. */
  readonly reads: readonly (keyof Environment)[];
  /** Whether it would blame an environment because of another one that it doesn't see. */
  readonly needsAll: boolean;
  readonly problems: (environments: readonly Environment[]) => readonly Problem[];
}

/** The part of an environment that a rule on these members sees. */
type Part<Member extends keyof Environment> = Pick<Environment, "name" | Member>;

const COHERENCE_RULES: readonly CoherenceRule[] = [
  needingAll(among([], uniqueNames)),
  needingAll(among(["zone", "edge"], ownedZones)),
  among(["hosts"], uniqueHosts),
  inEachZone(["hosts"], hostsInZone),
  needingAll(inEachZone(["hosts", "edge"], recordsOfHosts)),
  inEach(["ingress"], ingressProblems),
  inEach(["webhooks"], (environment) =>
    duplicates(hooksOf([environment]), ({ path }) => path, "each path once in an environment"),
  ),
  inEachZone(["webhooks"], ({ tenants }) => webhookProblems(hooksOf(tenants))),
  inEachZone(["edge", "accept"], acceptedParts),
  inEach(["edge"], uniqueRefs),
  inEach(["egress", "datastores"], databasesProblems),
  inEach(["workers", "hosts"], workersAreNoOrigins),
  inEachZone(["workers", "workerEgress", "egress", "datastores", "accept"], ({ zone, tenants }) =>
    tenants.flatMap((tenant) => workersProblems({ ...tenant, zone })),
  ),
  inEach(["repositories", "accept"], scansProblems),
  inEach(["accept"], uniqueAcceptances),
  among(["repositories"], uniqueRepositories),
  among(["accept"], stacksOfOthers),
];

/** A stack that is accepted is named once in the app, and is no environment's own. */
function stacksOfOthers(environments: readonly Part<"accept">[]): readonly Problem[] {
  const all = acceptancesIn(environments).flatMap(({ at, value }) => (value.kind === "stack" ? [{ at, value }] : []));
  const own = new Set(environments.map(({ name }) => name));
  return [
    ...duplicates(all, ({ stack }) => stack, "each stack once in the app"),
    ...all
      .filter(({ value: { stack } }) => own.has(stack))
      .map(({ at, value: { stack } }) => ({ at, got: shown(stack), allowed: "a stack that is no environment's" })),
  ];
}

/**
 * The problems of environments beside the form of each.
 *
 * @param malformed the members of each that aren't well-formed: no rule reads them
 * @default malformed - none
 */
export function coherenceProblems(
  environments: readonly Environment[],
  malformed: readonly ReadonlySet<string>[] = [],
): readonly Problem[] {
  return COHERENCE_RULES.flatMap(({ reads, needsAll, problems }) => {
    const seen = environments.filter((_, index) => !["name", ...reads].some((key) => malformed[index]?.has(key)));
    return needsAll && seen.length < environments.length ? [] : problems(seen);
  });
}

function among<Member extends keyof Environment>(
  reads: readonly Member[],
  problems: (environments: readonly Part<Member>[]) => readonly Problem[],
): CoherenceRule {
  return { reads, needsAll: false, problems };
}

function inEach<Member extends keyof Environment>(
  reads: readonly Member[],
  rule: (environment: Part<Member>) => readonly Problem[],
): CoherenceRule {
  return among(reads, (environments) => environments.flatMap(rule));
}

function inEachZone<Member extends keyof Environment>(
  reads: readonly Member[],
  rule: (tenancy: Tenancy<Part<Member | "zone">>) => readonly Problem[],
): CoherenceRule {
  return among<Member | "zone">(["zone", ...reads], (environments) => tenancies(environments).flatMap(rule));
}

function needingAll(rule: CoherenceRule): CoherenceRule {
  return { ...rule, needsAll: true };
}

function uniqueNames(environments: readonly Part<never>[]): readonly Problem[] {
  const located = environments.map((value, index) => ({ at: `environments[${index}].name`, value }));
  return duplicates(located, ({ name }) => name, "a name that no other environment has");
}

/** An environment of this app owns each carried zone and sets its options. */
function ownedZones(environments: readonly Part<"zone" | "edge">[]): readonly Problem[] {
  const owners = environments.filter(({ zone }) => zone.kind === "owned").map(({ name }) => name);
  return environments.flatMap(({ name, zone, edge }) => {
    if (zone.kind === "owned") return [];
    const owner: Problem = {
      at: `${name}.zone.by`,
      got: `"${zone.by}"`,
      allowed: `an environment that owns its zone: ${owners.join(", ") || "there is none"}`,
      change: "name the owner, or give this environment a zone of its own with Zone.of(...)",
    };
    const options: Problem = {
      at: `${name}.edge`,
      got: "options for a zone that another environment owns",
      allowed: "edge options only where the zone is owned",
      change: `move them to ${zone.by}`,
    };
    return [...(owners.includes(zone.by) ? [] : [owner]), ...(edge === undefined ? [] : [options])];
  });
}

function uniqueHosts(environments: readonly Part<"hosts">[]): readonly Problem[] {
  const located = environments.flatMap(({ name, hosts }) =>
    Object.keys(hosts).map((value) => ({ at: `${name}.hosts[${shown(value)}]`, value })),
  );
  return duplicates(located, (host) => host, "a host that no other environment has");
}

function hostsInZone({ zone, tenants }: Tenancy<Part<"hosts">>): readonly Problem[] {
  return tenants.flatMap(({ name, hosts }) =>
    Object.keys(hosts)
      .filter((host) => host !== zone.name && !host.endsWith(`.${zone.name}`))
      .map((host) => ({
        at: `${name}.hosts[${shown(host)}]`,
        got: shown(host),
        allowed: `${zone.name} or a name below it, since that is the environment's zone`,
      })),
  );
}

/** Each existing record belongs to a host of the zone. */
function recordsOfHosts({ owner, tenants }: Tenancy<Part<"hosts" | "edge">>): readonly Problem[] {
  const known = tenants.flatMap(({ hosts }) => Object.keys(hosts));
  return Object.keys(owner.edge?.existing?.records ?? {})
    .filter((host) => !known.includes(host))
    .map((host) => ({
      at: `${owner.name}.edge.existing.records[${shown(host)}]`,
      got: shown(host),
      allowed: `a host of the zone: ${known.join(", ")}`,
    }));
}

/** Every tenant accepts the statements that a part left to others lowers. */
function acceptedParts({ owner, tenants }: Tenancy<Part<"edge" | "accept">>): readonly Problem[] {
  return tenants.flatMap(({ name, accept = [] }) =>
    (owner.edge?.leave ?? []).flatMap((part, index) =>
      STATEMENTS_OF_PART[part]
        .filter((statement) => holdsStatement(accept, statement))
        .map((statement) => ({
          at: `${owner.name}.edge.leave[${index}]`,
          got: `"${part}", which lowers ${statement} of ${name} to declared`,
          allowed: "a part whose statements every environment of the zone accepts by name",
          change: `${acceptanceOf(statement, name)}, or manage the part here`,
        })),
    ),
  );
}

function uniqueRefs(environment: Part<"edge">): readonly Problem[] {
  return duplicates(
    located([environment], "edge.otherRules", ({ edge }) => edge?.otherRules),
    ({ phase, ref }) => `${ref} in ${phase}`,
    "a ref that no other rule of the phase has",
  );
}

function workersAreNoOrigins({ name, workers = [], hosts }: Part<"workers" | "hosts">): readonly Problem[] {
  const origins = Object.values(hosts).map(({ service }) => service);
  return workers.flatMap(({ service }, index) =>
    origins.includes(service)
      ? [
          {
            at: `${name}.workers[${index}].service`,
            got: `${shown(service)}, which is the origin of a public host`,
            allowed: "a service without inbound",
          },
        ]
      : [],
  );
}

function acceptancesIn(environments: readonly Part<"accept">[]) {
  return located(environments, "accept", ({ accept }) => accept);
}

function uniqueAcceptances(environment: Part<"accept">): readonly Problem[] {
  return duplicates(
    acceptancesIn([environment]).filter(({ value }) => value.kind !== "stack"),
    (accept) => `${accept.kind} ${subjectOf(accept)}`,
    "each acceptance once",
  );
}

function uniqueRepositories(environments: readonly Part<"repositories">[]): readonly Problem[] {
  return duplicates(
    located(environments, "repositories", ({ repositories }) => repositories),
    ({ name }) => name.toLowerCase(),
    "a repository that no other environment owns",
  );
}

function hooksOf(environments: readonly Part<"webhooks">[]) {
  return located(environments, "webhooks", ({ webhooks }) => webhooks);
}

/** Every entry of a list of each environment, with its key path. */
function located<T, Seen extends Part<never>>(
  environments: readonly Seen[],
  key: string,
  list: (environment: Seen) => readonly T[] | undefined,
): readonly Located<T>[] {
  return environments.flatMap((environment) =>
    (list(environment) ?? []).map((value, index) => ({ at: `${environment.name}.${key}[${index}]`, value })),
  );
}
