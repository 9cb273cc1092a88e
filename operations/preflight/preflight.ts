import { choose } from "../choose";
import { type Environment, tenancies } from "../../policy/environment";
import type { Policy } from "../../policy/policy";
import { takeStock, withClient, withoutTwins } from "../inventory/inventory";
import { cannotTell, failure, type Finding, notice, sorted } from "../inventory/finding";
import { projectsOf } from "../inventory/named";
import type { Report } from "../inventory/report";
import type { Variables } from "../platforms/platform";
import type { Clients } from "../platforms/clients";
import { githubPreflight } from "./github";
import { renderPreflight } from "./render";
import { terraformSecrets } from "./secrets";
import type { Subject } from "./subject";
import { supabasePreflight } from "./supabase";
import { readSynthesized } from "./synthesized";
import { cloudflareToken, githubToken, renderToken, supabaseToken } from "./tokens";
import { zonePreflight } from "./zone";

/** What a preflight needs beside the environments. */
export interface PreflightOptions {
  readonly clients: Clients;
  /** The variables of the process. */
  readonly variables: Variables;
  /** The output folder of `cdktf synth`. */
  readonly synthesized: string;
  /**
   * What may be deleted or overwritten: refs of live rules, files as `owner/name:path`.
   *
   * @default - nothing
   */
  readonly drop?: readonly string[];
}

/**
 * What has to be mended before an environment is first deployed. It only reads.
 *
 * @throws {InvalidInput} where there is no such environment, or the environments contradict each other
 */
export async function preflight(
  name: string,
  environments: readonly Environment[],
  options: PreflightOptions,
): Promise<Report> {
  const [policy] = choose(environments, name);
  if (policy === undefined) return { environments: [name], findings: [], ignored: [] };
  if (policy.exampleValues.length > 0) {
    return { environments: [name], findings: sorted(examplesLeft(policy)), ignored: [] };
  }
  const { clients, variables, synthesized, drop = [] } = options;
  const subject: Subject = {
    ...{ policy, environment: policy.environment, environments, clients, variables, drop },
    tenancy: tenancies(environments).find(({ owner }) => owner.name === name),
    synthesized: await readSynthesized(synthesized, name),
  };
  const zone = await zoneOf(subject);
  const stock = await takeStock(environments, [policy], clients);
  const findings = [
    ...terraformSecrets(subject),
    ...unsynthesized(subject),
    ...zone.findings,
    ...(await Promise.all(platforms(subject))).flat(),
    ...stock.findings,
  ];
  return {
    environments: [name],
    findings: sorted(withoutTwins(findings)),
    ignored: stock.ignored,
    ...(zone.paste === undefined ? {} : { paste: zone.paste }),
  };
}

async function zoneOf(subject: Subject): Promise<{ findings: readonly Finding[]; paste?: string | undefined }> {
  const { clients, tenancy } = subject;
  if (tenancy === undefined) return { findings: [] };
  if (clients.cloudflare.kind === "unreadable")
    return { findings: [cannotTell("access/Cloudflare", "Cloudflare", clients.cloudflare)] };
  const client = clients.cloudflare.value;
  const { findings, paste } = await zonePreflight(client, subject);
  return { findings: [...(await cloudflareToken(client, subject)), ...findings], paste };
}

function platforms(subject: Subject): readonly Promise<readonly Finding[]>[] {
  const { clients, environment } = subject;
  const { repositories = [] } = environment;
  const asked = [
    withClient(clients.render, "Render", async (client) => [
      ...(await renderToken(client, subject)),
      ...(await renderPreflight(client, environment)),
    ]),
  ];
  if (projectsOf(environment).length > 0) {
    const supabase = withClient(clients.supabase, "Supabase", async (client) => [
      ...(await supabaseToken(client, subject)),
      ...(await supabasePreflight(client, environment)),
    ]);
    asked.push(supabase);
  }
  if (repositories.length > 0) {
    const github = withClient(clients.github, "GitHub", async (client) => [
      ...(await githubToken(client, subject)),
      ...(await githubPreflight(client, subject)),
    ]);
    asked.push(github);
  }
  return asked;
}

/** The platforms aren't asked about what is nobody's. */
function examplesLeft({ name, exampleValues }: Policy): readonly Finding[] {
  return [
    ...exampleValues.map((value) =>
      failure(`example/${name}.${value.replace(/ \(.*$/, "")}`, {
        what: `${name} still holds an example: ${value}`,
        todo: "write the environment's own value",
      }),
    ),
    notice(`example/${name}`, { what: "no platform was asked", todo: "run this again once no example is left" }),
  ];
}

/** Without it, nothing is known of files, labels, lists and Gateway policies. */
function unsynthesized({ synthesized, environment: { name } }: Subject): readonly Finding[] {
  return synthesized.kind === "read"
    ? []
    : [cannotTell(`synthesized/${name}`, `what a deploy of ${name} writes`, synthesized)];
}
