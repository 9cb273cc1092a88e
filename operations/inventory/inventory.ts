import { acceptedAs, type AcceptedThing } from "../../policy/accept";
import { choose, exampleProblems } from "../choose";
import { InvalidInput } from "../../errors/invalid-input";
import { type Environment, tenancies } from "../../policy/environment";
import type { Policy } from "../../policy/policy";
import { edgePolicy } from "../../policy/slices";
import type { Client } from "../platforms/client";
import type { Clients } from "../platforms/clients";
import type { Reading } from "../platforms/platform";
import { cannotTell, type Finding, Level, notice, sorted } from "./finding";
import { type Named, namedBy, projectsOf } from "./named";
import { renderInventory } from "./render";
import type { Ignored, Report } from "./report";
import { supabaseInventory } from "./supabase";
import { zoneInventory } from "./zone";

/**
 * What beats the policy from outside the JSON, and what no environment names.
 *
 * @param name the environment whose platforms are looked at; all without one
 * @throws {InvalidInput} where there is no such environment, or it still holds example values
 */
export async function inventory(
  environments: readonly Environment[],
  clients: Clients,
  name?: string,
): Promise<Report> {
  const chosen = choose(environments, name);
  InvalidInput.throwIfAny("the inventory", chosen.flatMap(exampleProblems));
  return takeStock(environments, chosen, clients);
}

/** The inventory of environments that are known to hold no example values. */
export async function takeStock(
  environments: readonly Environment[],
  chosen: readonly Policy[],
  clients: Clients,
): Promise<Report> {
  const named = namedBy(environments);
  const parts = chosen.flatMap(({ environment }) => partsOf(environment, environments, clients, named));
  const found = sorted(withoutTwins((await Promise.all(parts)).flat()));
  const reasons = new Map(environments.flatMap(acceptedThings).map(({ id, reason }) => [id, reason]));
  const ignored = found.flatMap(({ id, what }): readonly Ignored[] => {
    const reason = reasons.get(id);
    return reason === undefined ? [] : [{ id, what, reason }];
  });
  const findings = found.filter(({ id }) => !reasons.has(id));
  const stale = chosen.flatMap(({ environment }) => staleAcceptances(environment, found));
  return {
    environments: chosen.map((policy) => policy.name),
    findings: sorted(withoutTwins([...findings, ...stale])),
    ignored,
  };
}

function partsOf(
  environment: Environment,
  environments: readonly Environment[],
  clients: Clients,
  named: Named,
): readonly Promise<readonly Finding[]>[] {
  const tenancy = tenancies(environments).find(({ owner }) => owner.name === environment.name);
  const zone =
    tenancy === undefined
      ? Promise.resolve([carried(environment)])
      : withClient(clients.cloudflare, "Cloudflare", (client) =>
          zoneInventory({ ...tenancy, edge: edgePolicy(tenancy), client }),
        );
  const render = withClient(clients.render, "Render", (client) => renderInventory(client, environment, named));
  if (projectsOf(environment).length === 0) return [zone, render];
  const supabase = withClient(clients.supabase, "Supabase", (client) => supabaseInventory(client, environment, named));
  return [zone, render, supabase];
}

/** What a platform comes to, or that there is no access to it. */
export async function withClient(
  client: Reading<Client>,
  platform: string,
  look: (client: Client) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  return client.kind === "read" ? look(client.value) : [cannotTell(`access/${platform}`, platform, client)];
}

function carried({ name, zone }: Environment): Finding {
  const owner = zone.kind === "carried" ? zone.by : name;
  return notice(`zone/${name}`, {
    what: `the zone of ${name} is ${owner}'s, and isn't looked at here`,
    todo: `look at ${owner} too`,
  });
}

/** The things on platforms that an environment accepts. The findings of `lint` aren't looked for here. */
function acceptedThings({ accept }: Environment): readonly AcceptedThing[] {
  return acceptedAs("thing", accept).filter(({ id }) => !id.startsWith("finding:"));
}

/** What an environment lets be and isn't there. Nothing is said of a platform that wasn't read as a whole. */
function staleAcceptances(environment: Environment, found: readonly Finding[]): readonly Finding[] {
  const unread = found.filter(({ level }) => level === Level.UNDECIDED).map(({ id }) => platformOf(id));
  return acceptedThings(environment)
    .filter(({ id }) => !found.some((finding) => finding.id === id) && !unread.includes(platformOf(id)))
    .map(({ id }) =>
      notice(`accept/${id}`, {
        what: `${environment.name} accepts ${id}, which isn't there`,
        todo: `remove it from ${environment.name}.accept`,
      }),
    );
}

/** The platform of a finding, also of the one that there is no access to it. */
function platformOf(id: string): string {
  return (
    id
      .replace(/^access\//, "")
      .toLowerCase()
      .split("/")[0] ?? ""
  );
}

/** One finding for each id, the first. */
export function withoutTwins(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ id }, index) => findings.findIndex((other) => other.id === id) === index);
}
