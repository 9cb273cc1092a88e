import { acceptedAs, type AcceptedThing } from "../../policy/accept";
import { InvalidInput } from "../../errors/invalid-input";
import { type Environment, tenancies } from "../../policy/environment";
import type { Policy } from "../../policy/policy";
import { edgePolicy } from "../../policy/slices";
import { choose, exampleProblems } from "../choose";
import { codeOfAll, type ExitCode } from "../exit-code";
import { type Finding, judged, Level, notice, sorted, together } from "../finding";
import type { Client } from "../platforms/client";
import type { Clients } from "../platforms/clients";
import { type Named, namedBy, projectsOf } from "./named";
import { renderInventory } from "./render";
import { supabaseInventory } from "./supabase";
import { zoneInventory } from "./zone";

/** Something that was found, and why it may be there. */
export interface Ignored extends Pick<Finding, "id" | "what"> {
  readonly reason: string;
}

/** Everything on the platforms beside what the environments name. */
export interface Inventory {
  /** The environments that were looked at. */
  readonly environments: readonly string[];
  readonly findings: readonly Finding[];
  /** The things that may be there, by the word of an environment. */
  readonly ignored: readonly Ignored[];
}

const CODES: Readonly<Record<Level, ExitCode>> = { [Level.FAILURE]: 1, [Level.UNDECIDED]: 2, [Level.NOTICE]: 0 };

/** 0: nothing has to change. 1: something has to. 2: it is unknown. */
export function exitCodeOf({ findings }: Pick<Inventory, "findings">): ExitCode {
  return codeOfAll(findings.map(({ level }) => CODES[level]));
}

/**
 * Finds everything that beats the policy from outside the JSON, and that no environment names.
 *
 * @param name the environment whose platforms are looked at; all without one
 * @throws {InvalidInput} where there is no such environment, or it still holds example values
 */
export async function inventory(
  environments: readonly Environment[],
  clients: Clients,
  name?: string,
): Promise<Inventory> {
  const chosen = choose(environments, name);
  InvalidInput.throwIfAny("the input of the inventory", chosen.flatMap(exampleProblems));
  return takeStock(environments, chosen, clients);
}

/** The inventory of environments that are known to hold no example values. */
export async function takeStock(
  environments: readonly Environment[],
  chosen: readonly Policy[],
  clients: Clients,
): Promise<Inventory> {
  const named = namedBy(environments);
  const parts = chosen.flatMap(({ environment }) => partsOf(environment, environments, clients, named));
  const found = sorted(await together(parts));
  const reasons = new Map(environments.flatMap(acceptedThings).map(({ id, reason }) => [id, reason]));
  const ignored = found.flatMap(({ id, what }): readonly Ignored[] => {
    const reason = reasons.get(id);
    return reason === undefined ? [] : [{ id, what, reason }];
  });
  const findings = found.filter(({ id }) => !reasons.has(id));
  const stale = chosen.flatMap(({ environment }) => staleAcceptances(environment, found));
  return { environments: chosen.map((policy) => policy.name), findings: sorted([...findings, ...stale]), ignored };
}

function partsOf(
  environment: Environment,
  environments: readonly Environment[],
  clients: Clients,
  named: Named,
): readonly (Promise<readonly Finding[]> | readonly Finding[])[] {
  const tenancy = tenancies(environments).find(({ owner }) => owner.name === environment.name);
  return [
    tenancy === undefined
      ? [carried(environment)]
      : withClient(clients, "cloudflare", (client) => zoneInventory({ ...tenancy, edge: edgePolicy(tenancy), client })),
    withClient(clients, "render", (client) => renderInventory(client, environment, named)),
    projectsOf(environment).length === 0
      ? []
      : withClient(clients, "supabase", (client) => supabaseInventory(client, environment, named)),
  ];
}

const NAMES: Readonly<Record<keyof Clients, string>> = {
  cloudflare: "Cloudflare",
  render: "Render",
  supabase: "Supabase",
  github: "GitHub",
  deployer: "GitHub",
};

/** The findings about a platform, or that there is no access to it. */
export function withClient(
  clients: Clients,
  platform: keyof Clients,
  look: (client: Client) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const name = NAMES[platform];
  return judged({ id: `access/${name}`, subject: name, reading: clients[platform] }, look);
}

function carried({ name, zone }: Environment): Finding {
  const owner = zone.kind === "carried" ? zone.by : name;
  return notice(`zone/${name}`, `the zone of ${name} is ${owner}'s, and isn't looked at here`, `look at ${owner} too`);
}

/** The things on platforms that an environment accepts. The findings of `lint` aren't looked for here. */
function acceptedThings({ accept }: Environment): readonly AcceptedThing[] {
  return acceptedAs("thing", accept).filter(({ id }) => !id.startsWith("finding:"));
}

/** Things that an environment accepts and that aren't there. Nothing is said of a platform that wasn't read as a whole. */
function staleAcceptances(environment: Environment, found: readonly Finding[]): readonly Finding[] {
  const unread = found.filter(({ level }) => level === Level.UNDECIDED).map(({ id }) => platformOf(id));
  return acceptedThings(environment)
    .filter(({ id }) => !found.some((finding) => finding.id === id) && !unread.includes(platformOf(id)))
    .map(({ id }) =>
      notice(
        `accept/${id}`,
        `${environment.name} accepts ${id}, which isn't there`,
        `remove it from ${environment.name}.accept`,
      ),
    );
}

/** The platform of a finding, also of one that there is no access to it, or that nothing is there to accept. */
export function platformOf(id: string): string {
  const [first = ""] = id.replace(/^(?:access|accept)\//, "").split("/");
  return first.toLowerCase().replace(/^zone$/, "cloudflare");
}
