import type { Environment, Tenancy } from "../../policy/environment";
import type { Policy } from "../../policy/policy";
import type { StackFolder } from "../deploy/stack";
import { type Finding, Level } from "../finding";
import type { Ignored } from "../inventory/inventory";
import type { Client } from "../platforms/client";
import type { Clients } from "../platforms/clients";
import type { Asked, Variables } from "../platforms/platform";
import type { Dialler } from "../probe/ask";

/** How a line of the checklist stands. */
export enum Mark {
  DONE = "done",
  OPEN = "open",
  UNKNOWN = "unknown",
}

/** The parts of the checklist, in the order in which a first deploy comes by them. */
export enum Chapter {
  HERE = "Before any platform is asked",
  DEPLOYER = "GitHub, which deploys",
  CREDENTIALS = "Credentials",
  CLOUDFLARE = "Cloudflare",
  RENDER = "Render",
  SUPABASE = "Supabase",
  REPOSITORIES = "Repositories",
  AFTERWARDS = "After the first deploy",
}

/** One line of the checklist. */
export interface Step {
  readonly chapter: Chapter;
  /** Says what has to be so. */
  readonly title: string;
  readonly mark: Mark;
  /** Why it isn't so, or isn't known to be, with the thing to do; and what there is to know. */
  readonly findings: readonly Finding[];
}

/** Everything that a first deploy of an environment needs. */
export interface Checklist {
  readonly environment: string;
  readonly steps: readonly Step[];
  /** Things that may be on the platforms, by the word of an environment. */
  readonly ignored: readonly Ignored[];
  /** TypeScript for the environment's file. */
  readonly paste?: string;
}

/** 0: all is done. 1: something is open or unknown. */
export function exitCodeOf({ steps }: Pick<Checklist, "steps">): 0 | 1 {
  return steps.every(({ mark }) => mark === Mark.DONE) ? 0 : 1;
}

export function markOf(findings: readonly Finding[]): Mark {
  const levels = findings.map(({ level }) => level);
  if (levels.includes(Level.FAILURE)) return Mark.OPEN;
  return levels.includes(Level.UNDECIDED) ? Mark.UNKNOWN : Mark.DONE;
}

type Findings = readonly Finding[];

/** A line that hasn't been looked at. */
export interface Item {
  readonly title: string;
  readonly look: () => Findings | Promise<Findings>;
}

/** A line about a platform. */
export interface PlatformItem {
  readonly platform: keyof Clients;
  readonly title: string;
  readonly look: (client: Client) => Findings | Promise<Findings>;
}

/** Makes the lines about a platform. */
export const itemsOn =
  (platform: keyof Clients) =>
  (title: string, look: PlatformItem["look"]): PlatformItem => ({ platform, title, look });

/** The environment that the checklist is about, and everything that it is looked at with. */
export interface Subject {
  readonly policy: Policy;
  readonly environment: Environment;
  /** All environments of the app. */
  readonly environments: readonly Environment[];
  /** The zone that the environment owns, with its tenants. */
  readonly tenancy: Tenancy | undefined;
  readonly variables: Variables;
  /** The stack that a deploy would write. */
  readonly stack: Asked<StackFolder>;
  /** The things that may be deleted or overwritten: refs of rules, files as `owner/name:path`. */
  readonly drop: readonly string[];
  readonly dialler: Dialler;
}
