import { printable } from "../printable";
import { cannotTell, failure, type Finding, notice } from "../inventory/finding";
import { namedBy } from "../inventory/named";
import type { Client } from "../platforms/client";
import { listZones, accessToTokens, verifyToken } from "../platforms/cloudflare";
import { listReachable, readScopes } from "../platforms/github";
import { listOwners, readService } from "../platforms/render";
import { listProjects } from "../platforms/supabase";
import type { Subject } from "./subject";

const SHOWN = 5;

/** What GitHub answers to other tokens than an installation's where those are asked for. */
const NO_INSTALLATION = 403;

/** The Cloudflare token: valid, and for the zones of the environments alone. */
export async function cloudflareToken(client: Client, { tenancy, environments }: Subject): Promise<readonly Finding[]> {
  const id = "token/CLOUDFLARE_API_TOKEN";
  const token = await verifyToken(client, tenancy?.zone.account ?? "");
  if (token.kind === "unreadable") return [cannotTell(id, "the token itself", token)];
  const { path, status } = token.value;
  if (status !== "active") {
    return [failure(id, { what: `CLOUDFLARE_API_TOKEN is ${printable(status)}`, todo: "roll it, or make another" })];
  }
  const own = new Set(environments.flatMap(({ zone }) => (zone.kind === "owned" ? [zone.id] : [])));
  const [zones, reads] = await Promise.all([listZones(client), accessToTokens(client, path)]);
  const others = zones.kind === "read" ? zones.value.filter((zone) => !own.has(zone.id)).map(({ name }) => name) : [];
  return [
    ...(reads.kind === "unreadable" ? [cannotTell(`${id}/tokens`, "whether the token may read tokens", reads)] : []),
    ...(reads.kind === "read" && reads.value
      ? [
          failure(`${id}/tokens`, {
            what: "CLOUDFLARE_API_TOKEN may read API tokens, which no deploy needs",
            todo: "take the permission API Tokens from it",
          }),
        ]
      : []),
    ...(zones.kind === "unreadable" ? [cannotTell(`${id}/zones`, "which zones the token reaches", zones)] : []),
    ...tooWide(`${id}/zones`, "CLOUDFLARE_API_TOKEN", "zones", others, "restrict it to the environment's zone"),
  ];
}

/** The Render key: valid. It reaches whatever its owner does. */
export async function renderToken(client: Client, { environment }: Subject): Promise<readonly Finding[]> {
  const id = "token/RENDER_API_KEY";
  const owners = await listOwners(client);
  if (owners.kind === "unreadable") return [cannotTell(id, "which workspaces the key reaches", owners)];
  const services = await Promise.all(
    [...namedBy([environment]).services].map((service) => readService(client, service)),
  );
  const own = new Set(services.flatMap((service) => (service.kind === "read" ? [service.value.ownerId] : [])));
  const others = owners.value.filter((owner) => !own.has(owner.id)).map(({ name }) => name);
  const todo = "a key can't be narrowed: use one of a member of this workspace alone";
  return own.size === 0 || others.length === 0
    ? []
    : [notice(`${id}/workspaces`, { what: `RENDER_API_KEY also reaches the workspaces ${examples(others)}`, todo })];
}

/** The Supabase token: valid. A personal one reaches whatever its owner does. */
export async function supabaseToken(client: Client, { environments }: Subject): Promise<readonly Finding[]> {
  const id = "token/SUPABASE_ACCESS_TOKEN";
  const projects = await listProjects(client);
  if (projects.kind === "unreadable") return [cannotTell(id, "which projects the token reaches", projects)];
  const { projects: named } = namedBy(environments);
  const own = new Set(projects.value.filter(({ ref }) => named.has(ref)).map((project) => project.organization_slug));
  const others = [...new Set(projects.value.map((project) => project.organization_slug))].filter(
    (one) => !own.has(one),
  );
  const todo = "use a fine-grained token, or one of a member of this organization alone";
  return own.size === 0 || others.length === 0
    ? []
    : [
        notice(`${id}/organizations`, {
          what: `SUPABASE_ACCESS_TOKEN also reaches the organizations ${examples(others)}`,
          todo,
        }),
      ];
}

/** The GitHub token: no classic one, and for the repositories of the environment alone. */
export async function githubToken(client: Client, { environment }: Subject): Promise<readonly Finding[]> {
  const id = "token/GITHUB_TOKEN";
  const own = (environment.repositories ?? []).map(({ name }) => name.toLowerCase());
  const scopes = await readScopes(client, environment.repositories?.[0]?.name ?? "");
  if (scopes.kind === "unreadable") return [cannotTell(id, "what the token may do", scopes)];
  const installation = "use a token of an installation of the GitHub App on the environment's repositories";
  if (scopes.value.length > 0) {
    const what = `GITHUB_TOKEN is a classic one with the scopes ${scopes.value.join(", ")}: it reaches all that its user does`;
    return [failure(`${id}/scopes`, { what, todo: installation })];
  }
  const reachable = await listReachable(client);
  if (reachable.kind === "unreadable" && reachable.status !== NO_INSTALLATION) {
    return [cannotTell(`${id}/repositories`, "which repositories the token reaches", reachable)];
  }
  if (reachable.kind === "unreadable") {
    const what = "GITHUB_TOKEN is no installation's: GitHub doesn't tell which repositories it reaches";
    return [notice(`${id}/repositories`, { what, todo: installation })];
  }
  const others = reachable.value
    .map((repository) => repository.full_name)
    .filter((name) => !own.includes(name.toLowerCase()));
  return tooWide(`${id}/repositories`, "GITHUB_TOKEN", "repositories", others, "make it for these repositories alone");
}

function tooWide(
  id: string,
  token: string,
  things: string,
  others: readonly string[],
  todo: string,
): readonly Finding[] {
  return others.length === 0
    ? []
    : [failure(id, { what: `${token} also reaches the ${things} ${examples(others)}`, todo })];
}

function examples(names: readonly string[]): string {
  const shown = [...names].sort().slice(0, SHOWN).map(printable).join(", ");
  return names.length > SHOWN ? `${shown} and ${String(names.length - SHOWN)} more` : shown;
}
