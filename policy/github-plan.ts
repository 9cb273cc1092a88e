import { z } from "zod";

/** The GitHub plan of a repository's owner. It decides which features a private repository can have. */
export enum GithubPlan {
  FREE = "free",
  PRO = "pro",
  TEAM = "team",
  ENTERPRISE = "enterprise",
}

/** The people who see a repository. Internal ones exist on the Enterprise plan only. */
export enum RepositoryVisibility {
  PUBLIC = "public",
  PRIVATE = "private",
  INTERNAL = "internal",
}

/** The facts of a repository that GitHub's plans look at. */
export interface RepositoryTerms {
  /** The plan of the repository's owner. It must be the real one: the repository's features follow from it. */
  readonly plan: GithubPlan;
  /**
   * The people who see the repository.
   *
   * @default RepositoryVisibility.PRIVATE
   */
  readonly visibility?: RepositoryVisibility;
  /**
   * Whether the repository has GitHub Code Security, which the Team and Enterprise plans sell.
   *
   * @default false
   */
  readonly codeSecurity?: boolean;
}

/** The shape of {@link RepositoryTerms}. */
export const termsShape = {
  plan: z.enum(GithubPlan, { error: "one of free, pro, team, enterprise (GithubPlan)" }),
  visibility: z.enum(RepositoryVisibility, { error: "public, private or internal (RepositoryVisibility)" }).optional(),
  codeSecurity: z.boolean({ error: "true or false" }).optional(),
} as const;

/**
 * Whether a repository can have rulesets: public ones can on every plan, others on a paid one.
 *
 * @see https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets
 */
export function hasRulesets({ plan, visibility }: RepositoryTerms): boolean {
  return visibility === RepositoryVisibility.PUBLIC || plan !== GithubPlan.FREE;
}

/**
 * Whether a repository has code scanning: every public one does, others with GitHub Code Security.
 *
 * @see https://docs.github.com/en/code-security/code-scanning/introduction-to-code-scanning/about-code-scanning
 */
export function hasCodeScanning({ visibility, codeSecurity = false }: RepositoryTerms): boolean {
  return visibility === RepositoryVisibility.PUBLIC || codeSecurity;
}

/** Whether a plan sells GitHub Code Security. */
export function sellsCodeSecurity({ plan }: RepositoryTerms): boolean {
  return plan === GithubPlan.TEAM || plan === GithubPlan.ENTERPRISE;
}
