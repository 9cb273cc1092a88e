import { z } from "zod";
import { EdgePhase, OWN_RULE } from "./edge-phase";
import { literal, object } from "./shapes";

/**
 * A rule of another team in a phase that the edge owns. Without it, the deploy would delete the rule: the provider
 * replaces all rules of a phase. It comes after the edge's own rules of that phase, in the order written.
 */
export interface OtherRule {
  readonly phase: EdgePhase;
  /** A stable name, unique in its phase. It keeps the rule's id and its analytics when other rules move. */
  readonly ref: string;
  /** The rule's purpose and its owner. */
  readonly description: string;
  /** The condition, in the Rules language, at most 4,096 characters. */
  readonly expression: string;
  /** A ruleset action, for example `block`, `log`, `skip`, `managed_challenge`. */
  readonly action: string;
  /**
   * The action's parameters, with the provider's attribute names (`status_code`, not `statusCode`).
   *
   * @default - the action has none
   * @see https://registry.terraform.io/providers/cloudflare/cloudflare/5.22.0/docs/resources/ruleset
   */
  readonly actionParameters?: Readonly<Record<string, unknown>>;
  /**
   * Whether the rule runs.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

export const otherRuleSchema = object({
  phase: z.enum(EdgePhase, { error: `a phase that the edge owns (EdgePhase): ${Object.values(EdgePhase).join(", ")}` }),
  ref: literal(
    new RegExp(`^(?!${OWN_RULE})[a-z0-9][a-z0-9_-]{0,63}$`),
    `a ref of 1 to 64 lower-case letters, digits, _ and -, which doesn't begin with ${OWN_RULE} (those are the edge's own)`,
  ),
  description: z.string({ error: "what the rule is for and whose it is" }).trim().min(1, {
    error: "what the rule is for and whose it is",
  }),
  expression: literal(
    // Terraform would read %{ as the beginning of a directive.
    /^(?!.*%\{).+$/s,
    "an expression of the Rules language, without %{",
  ),
  action: literal(/^[a-z_]+$/, "a ruleset action, such as block, log, skip or managed_challenge"),
  actionParameters: z
    .record(z.string(), z.unknown(), { error: "an object with the provider's attribute names" })
    .optional(),
  enabled: z.boolean({ error: "true or false" }).optional(),
});
