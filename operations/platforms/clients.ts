import type { Variables, Reading } from "./platform";
import { type Client, clientOf } from "./client";
import { cloudflare } from "./cloudflare";
import { github, githubOfDeploys } from "./github";
import { render } from "./render";
import { supabase } from "./supabase";
import type { Timing } from "./exchange";

/** One client per platform, as far as the process has access to it. */
export interface Clients {
  readonly cloudflare: Reading<Client>;
  readonly render: Reading<Client>;
  readonly supabase: Reading<Client>;
  /** The repositories of environments. */
  readonly github: Reading<Client>;
  /** The repository that deploys. */
  readonly deployer: Reading<Client>;
}

/** The clients that a process has: credentials and addresses come from its variables, and from nowhere else. */
export function clientsOf(variables: Variables, timing?: Timing): Clients {
  return {
    cloudflare: clientOf(cloudflare, variables, timing),
    render: clientOf(render, variables, timing),
    supabase: clientOf(supabase, variables, timing),
    github: clientOf(github, variables, timing),
    deployer: clientOf(githubOfDeploys, variables, timing),
  };
}
