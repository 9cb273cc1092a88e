import { cannotTell, failure, type Finding, judged, notice, together } from "../finding";
import { namedBy, projectsOf } from "../inventory/named";
import type { Client } from "../platforms/client";
import { accessToTokens, listZones, verifyToken } from "../platforms/cloudflare";
import { listReachable, readScopes } from "../platforms/github";
import { listOwners, serviceOf } from "../platforms/render";
import { projects } from "../platforms/supabase";
import { printable } from "../../errors/one-line";
import { itemsOn, type PlatformItem, type Subject } from "./checklist";

/** The lines about the credentials that a deploy of the environment takes. */
export function credentials(subject: Subject): readonly PlatformItem[] {
  const { tenancy, environment } = subject;
  const tokens: readonly (readonly [isNeeded: boolean, PlatformItem["platform"], string, Look])[] = [
    [
      tenancy !== undefined,
      "cloudflare",
      "CLOUDFLARE_API_TOKEN is valid, and reaches this app's zones alone",
      cloudflareToken,
    ],
    [true, "render", "RENDER_API_KEY is valid", renderToken],
    [projectsOf(environment).length > 0, "supabase", "SUPABASE_ACCESS_TOKEN is valid", supabaseToken],
    [
      (environment.repositories ?? []).length > 0,
      "github",
      "GITHUB_TOKEN is an installation's, for these repositories alone",
      githubToken,
    ],
  ];
  return tokens
    .filter(([isNeeded]) => isNeeded)
    .map(([, platform, title, look]) => itemsOn(platform)(title, (client) => look(client, subject)));
}

type Look = (client: Client, subject: Subject) => Promise<readonly Finding[]>;

const SHOWN = 5;

/** GitHub's answer to other tokens than an installation's where those are asked for. */
const NO_INSTALLATION = 403;

/** The Cloudflare token: valid, and for the zones of the environments alone. */
function cloudflareToken(client: Client, { tenancy, environments }: Subject): Promise<readonly Finding[]> {
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
function renderToken(client: Client, { environment }: Subject): Promise<readonly Finding[]> {
  const id = "token/RENDER_API_KEY";
  return judged({ id, subject: "which workspaces the key reaches", reading: listOwners(client) }, async (owners) => {
    const services = await Promise.all(
      [...namedBy([environment]).services].map((service) => serviceOf(client, service).reading),
    );
    const own = new Set(services.flatMap((service) => (service.kind === "read" ? [service.value.ownerId] : [])));
    const others = owners.filter((owner) => !own.has(owner.id)).map(({ name }) => name);
    const todo = "a key can't be narrowed: use one of a member of this workspace alone";
    const what = `RENDER_API_KEY also reaches the workspaces ${examples(others)}`;
    return own.size === 0 || others.length === 0 ? [] : [notice(`${id}/workspaces`, what, todo)];
  });
}

/** The Supabase token: valid. A personal one reaches whatever its owner does. */
function supabaseToken(client: Client, { environments }: Subject): Promise<readonly Finding[]> {
  const id = "token/SUPABASE_ACCESS_TOKEN";
  return judged(projects(client), (all) => {
    const { projects: named } = namedBy(environments);
    const slugs = (isOwn: boolean) =>
      new Set(all.filter(({ ref }) => !isOwn || named.has(ref)).map((project) => project.organization_slug));
    const own = slugs(true);
    const others = [...slugs(false)].filter((one) => !own.has(one));
    const what = `SUPABASE_ACCESS_TOKEN also reaches the organizations ${examples(others)}`;
    const todo = "use a fine-grained token, or one of a member of this organization alone";
    return own.size === 0 || others.length === 0 ? [] : [notice(`${id}/organizations`, what, todo)];
  });
}

/** The GitHub token: no classic one, and for the repositories of the environment alone. */
function githubToken(client: Client, { environment }: Subject): Promise<readonly Finding[]> {
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
