import { Annotations, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { InvalidInput, type Problem, shown } from "../../errors/invalid-input";
import { nameIn, type Repository } from "../../policy/repository";
import { type ScansPolicy, scansPolicyProblems } from "../../policy/slices";
import { Claims } from "../claims";
import { outputValue } from "../output-value";
import { warnUnlessProven } from "../unproven";
import { declarations, SCAN_LIMITS, consequences } from "./declarations";
import { scanFilesInput } from "./files/scan-files-input";
import { claimsOf, ScannedRepository } from "./scanned-repository";

/** The slice of a policy that names the repositories: `policy.scans`. */
export interface ScanScheduleProps extends ScansPolicy {
  /**
   * The exact version of the GitHub provider that the stack asks for. A feature that it lacks is left out and declared.
   *
   * @default "6.9.0", the version that the bindings ask for
   */
  readonly providerVersion?: string;
}

/**
 * The scans of an environment's repositories and their yearly penetration test: SCAN-1 to SCAN-4, PEN-1 and PEN-2.
 *
 * It writes workflows, their programs and dependabot.yml into each repository, switches on Dependabot's alerts and security
 * updates, and requires the scan's check before a merge. People keep the register of penetration tests: nothing here writes it.
 *
 * It needs a GitHub provider of the repositories' owner in the stack and creates none. When it is destroyed, the files, alerts
 * and security updates go too.
 */
export class ScanSchedule extends Construct {
  /**
   * @throws {InvalidInput} naming every problem with the props, or every file, setting and ruleset that another construct of
   * the app owns
   */
  public constructor(scope: Construct, id: string, { providerVersion = "6.9.0", ...policy }: ScanScheduleProps) {
    super(scope, id);
    InvalidInput.throwIfAny(this.node.path, [...scansPolicyProblems(policy), ...versionProblems(providerVersion)]);
    const { name, repositories = [] } = policy;
    warnUnlessProven(this);
    Claims.of(this).take(this, repositories.flatMap(claimsOf));
    for (const repository of repositories) {
      new ScannedRepository(this, nameIn(repository.name), repository, providerVersion);
    }
    if (repositories.length > 0) this.say(name, repositories, providerVersion);
  }

  /** Tells the operator and the auditor which parts are only declared, and the limits of the scans. */
  private say(environment: string, repositories: readonly Repository[], providerVersion: string): void {
    const told = repositories.map((repository) => ({
      repository: repository.name,
      declared: declarations(repository, providerVersion),
      consequences: consequences(scanFilesInput(repository)),
    }));
    new TerraformOutput(this, "Scans", {
      description:
        "SCAN-1 to SCAN-4, PEN-1, PEN-2: what is only declared in each repository, and what the scans can't do",
      value: outputValue({
        limits: SCAN_LIMITS,
        repositories: Object.fromEntries(
          told.map(({ repository, declared, consequences }) => [repository, { declared, consequences }]),
        ),
      }),
    }).overrideLogicalId("repository_scans");
    for (const { repository, declared, consequences } of told) {
      for (const sentence of declared) Annotations.of(this).addWarning(`${environment} only declares ${sentence}`);
      for (const sentence of consequences) Annotations.of(this).addInfo(`${repository}: ${sentence}`);
    }
  }
}

function versionProblems(version: string): readonly Problem[] {
  if (/^\d+\.\d+\.\d+$/.test(version)) return [];
  return [{ at: "providerVersion", got: shown(version), allowed: "an exact version, such as 6.13.0" }];
}
