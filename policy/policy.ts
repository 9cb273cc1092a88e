import { InvalidInput, type Problem } from "../errors/invalid-input";
import { COHERENCE_RULES } from "./coherence";
import type { EdgePolicy } from "./edge-policy";
import { edgePolicy } from "./edge-policy";
import { environmentSchema, type Environment } from "./environment";
import { exampleValues } from "./example-values";
import { problemsOf } from "./schema/problems-of";
import { tenancies, type Tenancy } from "./tenancy";

/** What one environment promises, checked as a whole together with the environments that it lives with. */
export class Policy {
  private constructor(
    /** What the environment's file says. */
    public readonly environment: Environment,
    private readonly tenancy: Tenancy | undefined,
  ) {}

  /**
   * The policy of a single environment with a zone of its own.
   *
   * @throws {InvalidInput} naming every problem
   */
  public static of(name: string, promise: Omit<Environment, "name">): Policy {
    const [policy] = Policy.across([{ name, ...promise }]);
    return policy as Policy;
  }

  /**
   * The policies of environments that live in one app, in the given order.
   *
   * @throws {InvalidInput} naming every problem of every environment
   */
  public static across(environments: readonly Environment[]): readonly Policy[] {
    const malformed = environments.flatMap(malformations);
    const wellFormed = environments.filter((environment) => problemsOf(environmentSchema, environment).length === 0);
    // A rule over all environments would blame the others for one that is malformed.
    const incoherent = malformed.length > 0 ? [] : COHERENCE_RULES.flatMap((rule) => rule(wellFormed));
    InvalidInput.throwIfAny("the policy", [...malformed, ...incoherent]);
    const owned = tenancies(environments);
    return environments.map(
      (environment) =>
        new Policy(
          environment,
          owned.find(({ owner }) => owner === environment),
        ),
    );
  }

  public get name(): string {
    return this.environment.name;
  }

  /** The name of the environment whose stack writes this one's edge: its own, or that of the zone's owner. */
  public get edgeOwner(): string {
    const { zone, name } = this.environment;
    return zone.kind === "owned" ? name : zone.by;
  }

  /** Whether this environment owns its zone, and with it `edge`. */
  public get ownsZone(): boolean {
    return this.tenancy !== undefined;
  }

  /**
   * What the edge of the environment's zone promises.
   *
   * @throws {Error} when another environment owns the zone: the edge is in its policy
   */
  public get edge(): EdgePolicy {
    if (this.tenancy === undefined) {
      throw new Error(`the edge of "${this.name}" is part of the policy of "${this.edgeOwner}", which owns the zone`);
    }
    return edgePolicy(this.tenancy);
  }

  /** Where the environment still holds example values. Empty when it may be applied. */
  public get exampleValues(): readonly string[] {
    return exampleValues(this.environment);
  }

  public toJSON(): Environment {
    return this.environment;
  }
}

function malformations(environment: Environment, index: number): readonly Problem[] {
  const { name } = environment as Partial<Environment>;
  const prefix = typeof name === "string" && name !== "" ? name : `environments[${index}]`;
  return problemsOf(environmentSchema, environment).map((problem) => ({ ...problem, at: `${prefix}.${problem.at}` }));
}
