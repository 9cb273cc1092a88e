import { notFound, type Answer, type Route } from "./route";

export interface Lists {
  readonly dbAllowedCidrs?: readonly string[];
  readonly dbAllowedCidrsV6?: readonly string[];
}

/**
 * A NetworkRestrictionsResponse: https://github.com/supabase/cli/blob/1d1e719/packages/api/src/generated/openapi.json
 * (the recorded exchanges in apps/cli-e2e/fixtures/recorded/ at the same commit show these values).
 */
export interface NetworkRestrictions {
  readonly entitlement: string;
  readonly status: string;
  readonly config: Lists;
  readonly old_config?: Lists;
}

/** A project that was never restricted, as the API shows it. */
export const UNRESTRICTED: NetworkRestrictions = {
  entitlement: "allowed",
  status: "applied",
  config: { dbAllowedCidrs: ["0.0.0.0/0"], dbAllowedCidrsV6: ["::/0"] },
};

/** The projects of a Supabase account. */
export class Supabase {
  public readonly projects = new Map<string, NetworkRestrictions>();
  /** The status of the answer to a write. */
  public writeStatus = 201;
  /** What becomes of a project that is asked to admit `asked`. */
  public take: (asked: Lists, before: NetworkRestrictions) => NetworkRestrictions = (config) => ({
    entitlement: "allowed",
    status: "applied",
    config,
  });
  /** What one more read changes, for what takes effect late. */
  public onRead: (project: NetworkRestrictions) => NetworkRestrictions = (project) => project;

  public readonly routes: readonly Route[] = [
    {
      method: "GET",
      path: /^\/v1\/projects\/([a-z]{20})\/network-restrictions$/,
      answer: ({ params }) => this.change(params[0] ?? "", 200, this.onRead),
    },
    {
      method: "POST",
      path: /^\/v1\/projects\/([a-z]{20})\/network-restrictions\/apply$/,
      answer: ({ params, body }) => this.change(params[0] ?? "", this.writeStatus, (before) => this.take(body, before)),
    },
  ];

  private change(ref: string, status: number, to: (before: NetworkRestrictions) => NetworkRestrictions): Answer {
    const before = this.projects.get(ref);
    if (before === undefined) return notFound;
    const body = to(before);
    this.projects.set(ref, body);
    return { status, body };
  }
}
