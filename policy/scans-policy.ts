import { type Problem, shown } from "../errors/invalid-input";
import { environmentSchema, type Environment } from "./environment";
import { hasRulesets } from "./github-plan";
import { ownerOf, type Repository } from "./repository";
import { problemsBy } from "./problems";
import type { StatementId } from "./statements";

/** How an environment's repositories are scanned and tested: the slice of a policy that ScanSchedule takes. */
export type ScansPolicy = Pick<Environment, "name" | "repositories" | "accept">;

const scansSchema = environmentSchema.pick({ name: true, repositories: true, accept: true });

/** Everything that is wrong with how the repositories are scanned, also where it wasn't made by a Policy. */
export function scansPolicyProblems(policy: ScansPolicy): readonly Problem[] {
  return problemsBy(scansSchema, scansProblems, policy);
}

/** One owner, a gate where the plan has one, and one register; what is missing is accepted as declared. */
export function scansProblems({ name, repositories = [], accept = [] }: ScansPolicy): readonly Problem[] {
  const lacks = (statement: StatementId): boolean => !accept.some((accepted) => accepted.statement === statement);
  const declare = (statement: StatementId): string => `add Accept.declared("${statement}", reason) to ${name}.accept`;
  const at = (index: number): string => `${name}.repositories[${index}]`;
  const [first] = repositories;
  return [
    ...repositories.flatMap((repository, index) => foreign(repository, first, at(index))),
    ...repositories.flatMap((repository, index) =>
      gateProblems(repository, `${at(index)}.gate`, lacks("SCAN-1"), declare("SCAN-1")),
    ),
    ...repositories.flatMap((repository, index) =>
      lacks("SCAN-1") ? unscanned(repository, at(index), declare("SCAN-1")) : [],
    ),
    ...PENTEST_STATEMENTS.filter(
      (statement) =>
        repositories.length > 0 && repositories.every(({ pentest }) => pentest === undefined) && lacks(statement),
    ).map((statement) => ({
      at: `${name}.repositories`,
      got: "no repository that keeps the register of penetration tests",
      allowed: `one with \`pentest\`, or ${statement} accepted as declared`,
      change: `give one of them a pentest cadence, or ${declare(statement)}`,
    })),
  ];
}

const PENTEST_STATEMENTS: readonly StatementId[] = ["PEN-1", "PEN-2"];

/** A GitHub provider works for one owner, and a stack has one. */
function foreign(repository: Repository, first: Repository | undefined, at: string): readonly Problem[] {
  if (first === undefined || ownerOf(repository) === ownerOf(first)) return [];
  return [
    {
      at: `${at}.name`,
      got: `${shown(repository.name)} beside ${shown(first.name)}`,
      allowed: "repositories of one owner in an environment: its GitHub provider works for one",
      change: "let another environment own the repositories of the other owner",
    },
  ];
}

/** Who lets a manifest pass unscanned says so for the statement. */
function unscanned({ manifests }: Repository, at: string, declare: string): readonly Problem[] {
  return manifests.flatMap(({ passUnscannable = false, path }, index) =>
    passUnscannable
      ? [
          {
            at: `${at}.manifests[${index}].passUnscannable`,
            got: `true, so that ${path} may be merged unscanned`,
            allowed: "false, or SCAN-1 accepted as declared",
            change: `leave it out, or ${declare}`,
          },
        ]
      : [],
  );
}

function gateProblems(repository: Repository, at: string, lacks: boolean, declare: string): readonly Problem[] {
  const { gate, plan } = repository;
  if (gate !== undefined && !hasRulesets(repository)) {
    const got = `a gate for a repository that isn't public, on the ${plan} plan`;
    const allowed = "no gate: GitHub has rulesets for it from the pro plan on";
    return [{ at, got, allowed, change: `move the owner to a paid plan, or drop the gate and ${declare}` }];
  }
  if (gate !== undefined || !lacks) return [];
  return [
    {
      at,
      got: "no gate, so that pull requests are merged whatever Snyk finds",
      allowed: "a gate, or SCAN-1 accepted as declared",
      change: `give it gate: { terraformApp }, or ${declare}`,
    },
  ];
}
