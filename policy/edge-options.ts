import { z } from "zod";
import { EdgePhase } from "./edge-phase";
import { type OtherRule, otherRuleSchema } from "./other-rule";
import { hostName, id, object } from "./shapes";
import type { StatementId } from "./statements";

/** A part of the edge. It can be left to its present owner. */
export enum EdgePart {
  /** The redirect of 80 to 443. */
  REDIRECT = "redirect",
  /** The block of every port but 443 behind the redirect. */
  PORTS = "ports",
  /** The guard of the webhooks. */
  WEBHOOK_GUARD = "webhook-guard",
  /** The secret header that tells the origin that a request came through this edge. */
  ORIGIN_SECRET = "origin-secret",
  /** TLS versions, strict SSL to the origin and HSTS. */
  TLS = "tls",
  /** URL normalisation. */
  NORMALISATION = "normalisation",
  /** The proxied DNS records. */
  DNS = "dns",
}

/** The statements that are only declared once a part is left to its present owner. */
export const STATEMENTS_OF_PART: Readonly<Record<EdgePart, readonly StatementId[]>> = {
  [EdgePart.REDIRECT]: ["PORTS-2"],
  [EdgePart.PORTS]: ["PORTS-1", "PORTS-2"],
  [EdgePart.WEBHOOK_GUARD]: ["HOOK-1"],
  [EdgePart.ORIGIN_SECRET]: ["WEB-1"],
  [EdgePart.TLS]: ["PORTS-1"],
  [EdgePart.NORMALISATION]: ["HOOK-1"],
  // An unproxied record leads past every rule.
  [EdgePart.DNS]: ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"],
};

/** The place where the addresses of a rule are written. */
export enum AddressPlacement {
  /** In the expression itself: readable in review and provable by itself, up to the limit of 4,096 characters. */
  INLINE = "inline",
  /** In an account-wide list that the expression names, up to the plan's lists and items. */
  LIST = "list",
}

/**
 * HTTP Strict Transport Security, as browsers are told.
 *
 * @see https://developers.cloudflare.com/ssl/edge-certificates/additional-options/http-strict-transport-security/
 */
export interface Hsts {
  /**
   * The time for which a browser keeps to HTTPS, in seconds: 0 to 63,072,000 (two years).
   *
   * @default 31536000
   */
  readonly maxAge?: number;
  /**
   * Whether every name below the hosts is included, also those that this project doesn't manage.
   *
   * @default false
   */
  readonly includeSubDomains?: boolean;
  /**
   * Whether browsers may put the zone on their built-in list, which is slow to leave. It needs `includeSubDomains`
   * and a `maxAge` of a year.
   *
   * @default false
   */
  readonly preload?: boolean;
}

/** A ruleset that the zone has already. */
export interface ExistingRuleset {
  /** The ruleset's id. */
  readonly id: string;
  /**
   * Its name, which is kept: the provider replaces a ruleset whose name changes, which leaves the zone without rules for a
   * moment.
   *
   * @default "default"
   */
  readonly name?: string;
}

/** The things that exist on the platform: import blocks take them over, and nothing creates them. */
export interface ExistingEdge {
  /**
   * Entry point rulesets by phase.
   *
   * @default - none: a phase that has one makes the apply fail with error 20217
   */
  readonly rulesets?: Readonly<Partial<Record<EdgePhase, ExistingRuleset>>>;
  /**
   * Ids of DNS records by host.
   *
   * @default - none: a record that exists makes the apply fail
   */
  readonly records?: Readonly<Record<string, string>>;
}

/** The options of an environment's edge. */
export interface EdgeOptions {
  /** @default AddressPlacement.INLINE */
  readonly addresses?: AddressPlacement;
  /** @default - a year, without subdomains and without preload */
  readonly hsts?: Hsts;
  /** @default - none: the deploy deletes rules of other teams in the edge's phases */
  readonly otherRules?: readonly OtherRule[];
  /** @default - nothing: everything is created */
  readonly existing?: ExistingEdge;
  /**
   * Parts that stay with their present owner. Each lowers its statements, which the environment must accept by name.
   *
   * @default - none
   */
  readonly leave?: readonly EdgePart[];
}

const YEAR = 31_536_000;

const SECONDS = `whole seconds, 0 to ${2 * YEAR}`;

const hsts = object({
  maxAge: z
    .int({ error: SECONDS })
    .min(0, { error: SECONDS })
    .max(2 * YEAR, { error: SECONDS })
    .optional(),
  includeSubDomains: z.boolean({ error: "true or false" }).optional(),
  preload: z.boolean({ error: "true or false" }).optional(),
}).superRefine(({ maxAge = YEAR, includeSubDomains = false, preload = false }, context) => {
  if (preload && !(includeSubDomains && maxAge >= YEAR)) {
    const message = "preload only together with includeSubDomains and a maxAge of at least 31536000";
    context.addIssue({ code: "custom", path: ["preload"], message });
  }
});

const existingId = id(/^[0-9a-f]{32}$/, "an id of 32 hexadecimal digits in lower case");

const existingRuleset = object({
  id: existingId,
  name: z.string({ error: "the ruleset's name" }).min(1, { error: "the ruleset's name" }).optional(),
});

const existing = object({
  rulesets: object({
    [EdgePhase.REDIRECT]: existingRuleset.optional(),
    [EdgePhase.CUSTOM]: existingRuleset.optional(),
    [EdgePhase.LATE_TRANSFORM]: existingRuleset.optional(),
  }).optional(),
  records: z.record(hostName, existingId, { error: "ids of records by host" }).optional(),
});

export const edgeOptionsShape = {
  addresses: z.enum(AddressPlacement, { error: "inline or list (AddressPlacement)" }).optional(),
  hsts: hsts.optional(),
  otherRules: z.array(otherRuleSchema, { error: "a list of rules" }).optional(),
  existing: existing.optional(),
  leave: z
    .array(z.enum(EdgePart, { error: `a part of the edge (EdgePart): ${Object.values(EdgePart).join(", ")}` }), {
      error: "a list of parts",
    })
    .optional(),
};

export const edgeOptionsSchema = object(edgeOptionsShape);
