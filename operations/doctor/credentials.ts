import { ownerOf } from "../../policy/repository";
import { cannotTell, failure, type Finding, judged, notice, together } from "../finding";
import { namedBy } from "../inventory/named";
import type { Client } from "../platforms/client";
import { accessToTokens, listZones, verifyToken } from "../platforms/cloudflare";
import { listReachable, readScopes } from "../platforms/github";
import { listOwners, readService } from "../platforms/render";
import { listProjects } from "../platforms/supabase";
import { printable } from "../printable";
import type { Subject } from "./checklist";

const SHOWN = 5;

/** What GitHub answers to other tokens than an installation's where those are asked for. */
const NO_INSTALLATION = 403;

/** The Cloudflare token: valid, and for the zones of the environments alone. */
export function cloudflareToken(client: Client, { tenancy, environments }: Subject): Promise<readonly Finding[]> {
  const id = "token/CLOUDFLARE_API_TOKEN";
  const token = { id, subject: "the token itself", reading: verifyToken(client, tenancy?.zone.account ?? "") };
  return judged(token, ({ path, status }) => {
    if (status !== "active") {
      return [failure(id, `CLOUDFLARE_API_TOKEN is ${printable(status)}`, "roll it, or make another")];
    }
    const own = new Set(environments.flatMap(({ zone }) => (zone.kind === "owned" ? [zone.id] : [])));
    const tokens = {
      id: `${id}/tokens`,
      subject: "whether the token may read tokens",
      reading: accessToTokens(client, path),
    };
    const zones = { id: `${id}/zones`, subject: "which zones the token reaches", reading: listZones(client) };
    return together([
      judged(tokens, (mayRead) => {
        const what = "CLOUDFLARE_API_TOKEN may read API tokens, which no deploy needs";
        return mayRead ? [failure(tokens.id, what, "take the permission API Tokens from it")] : [];
      }),
      judged(zones, (all) => {
        const others = all.filter((zone) => !own.has(zone.id)).map(({ name }) => name);
        return tooWide(zones.id, "CLOUDFLARE_API_TOKEN", "zones", others, "restrict it to the environment's zone");
      }),
    ]);
  });
}

/** The Render key: valid. It reaches whatever its owner does. */
export function renderToken(client: Client, { environment }: Subject): Promise<readonly Finding[]> {
  const id = "token/RENDER_API_KEY";
  return judged({ id, subject: "which workspaces the key reaches", reading: listOwners(client) }, async (owners) => {
    const services = await Promise.all(
      [...namedBy([environment]).services].map((service) => readService(client, service)),
    );
    const own = new Set(services.flatMap((service) => (service.kind === "read" ? [service.value.ownerId] : [])));
    const others = owners.filter((owner) => !own.has(owner.id)).map(({ name }) => name);
    const todo = "a key can't be narrowed: use one of a member of this workspace alone";
    const what = `RENDER_API_KEY also reaches the workspaces ${examples(others)}`;
    return own.size === 0 || others.length === 0 ? [] : [notice(`${id}/workspaces`, what, todo)];
  });
}

/** The Supabase token: valid. A personal one reaches whatever its owner does. */
export function supabaseToken(client: Client, { environments }: Subject): Promise<readonly Finding[]> {
  const id = "token/SUPABASE_ACCESS_TOKEN";
  return judged({ id, subject: "which projects the token reaches", reading: listProjects(client) }, (projects) => {
    const { projects: named } = namedBy(environments);
    const slugs = (isOwn: boolean) =>
      new Set(projects.filter(({ ref }) => !isOwn || named.has(ref)).map((project) => project.organization_slug));
    const own = slugs(true);
    const others = [...slugs(false)].filter((one) => !own.has(one));
    const what = `SUPABASE_ACCESS_TOKEN also reaches the organizations ${examples(others)}`;
    const todo = "use a fine-grained token, or one of a member of this organization alone";
    return own.size === 0 || others.length === 0 ? [] : [notice(`${id}/organizations`, what, todo)];
  });
}

/** The GitHub token: no classic one, and for the repositories of the environment alone. */
export function githubToken(client: Client, { environment }: Subject): Promise<readonly Finding[]> {
  const id = "token/GITHUB_TOKEN";
  const own = (environment.repositories ?? []).map(({ name }) => name.toLowerCase());
  const scopes = readScopes(client, environment.repositories?.[0]?.name ?? "");
  const installation = "use a token of an installation of the GitHub App on the environment's repositories";
  return judged({ id, subject: "what the token may do", reading: scopes }, async (words) => {
    if (words.length > 0) {
      const what = `GITHUB_TOKEN is a classic one with the scopes ${words.join(", ")}: it reaches all that its user does`;
      return [failure(`${id}/scopes`, what, installation)];
    }
    const reachable = await listReachable(client);
    if (reachable.kind === "read") {
      const others = reachable.value.map((each) => each.full_name).filter((name) => !own.includes(name.toLowerCase()));
      const todo = "make it for these repositories alone";
      return tooWide(`${id}/repositories`, "GITHUB_TOKEN", "repositories", others, todo);
    }
    const what = "GITHUB_TOKEN is no installation's: GitHub doesn't tell which repositories it reaches";
    return reachable.status === NO_INSTALLATION
      ? [notice(`${id}/repositories`, what, installation)]
      : [cannotTell(`${id}/repositories`, "which repositories the token reaches", reachable)];
  });
}

/**
 * The provider prefers these variables to its configuration, so that every resource could end up in a namesake.
 *
 * @see https://github.com/integrations/terraform-provider-github/blob/v6.13.0/github/provider.go
 */
export function owners({ environment: { repositories = [] }, variables }: Subject): readonly Finding[] {
  const [first] = repositories;
  if (first === undefined) return [];
  return ["GITHUB_OWNER", "GITHUB_ORGANIZATION"]
    .filter((variable) => (variables[variable] ?? "") !== "" && variables[variable]?.toLowerCase() !== ownerOf(first))
    .map((variable) => {
      const what = `${variable} names another owner than ${first.name} has, and the provider prefers it`;
      return failure(`variable/${variable}`, what, "unset it");
    });
}

function tooWide(
  id: string,
  token: string,
  things: string,
  others: readonly string[],
  todo: string,
): readonly Finding[] {
  return others.length === 0 ? [] : [failure(id, `${token} also reaches the ${things} ${examples(others)}`, todo)];
}

function examples(names: readonly string[]): string {
  const shown = [...names].sort().slice(0, SHOWN).map(printable).join(", ");
  return names.length > SHOWN ? `${shown} and ${String(names.length - SHOWN)} more` : shown;
}
