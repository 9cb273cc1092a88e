import { InvalidInput, type Problem } from "../errors/invalid-input";
import { coherenceProblems } from "./coherence";
import { environmentSchema, type Environment, tenancies, type Tenancy } from "./environment";
import { exampleValues } from "./example-values";
import { problemsOf, WHOLE } from "./problems";
import {
  type DatabasesPolicy,
  type EdgePolicy,
  edgePolicy,
  type IngressPolicy,
  type ScansPolicy,
  type WorkersPolicy,
} from "./slices";

/** The promises of one environment, checked together with those of the environments that it lives with. */
export class Policy {
  private constructor(
    /** The environment as its file has it. */
    public readonly environment: Environment,
    /** The zone that it lives in, with all environments of that zone. */
    private readonly tenancy: Tenancy,
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
    const malformed = environments.map((environment) => problemsOf(environmentSchema, environment));
    const incoherent = coherenceProblems(
      environments,
      environments.map((each, index) => membersOf(each, malformed[index])),
    );
    InvalidInput.throwIfAny("the policy", [
      ...malformed.flatMap((problems, index) => problems.map((problem) => within(environments[index], index, problem))),
      ...incoherent,
    ]);
    return tenancies(environments)
      .flatMap((tenancy) => tenancy.tenants.map((tenant) => new Policy(tenant, tenancy)))
      .sort((one, other) => environments.indexOf(one.environment) - environments.indexOf(other.environment));
  }

  public get name(): string {
    return this.environment.name;
  }

  /** The name of the environment whose stack writes this one's edge: its own, or that of the zone's owner. */
  public get edgeOwner(): string {
    return this.tenancy.owner.name;
  }

  /** Whether this environment owns its zone, and with it `edge`. */
  public get ownsZone(): boolean {
    return this.edgeOwner === this.name;
  }

  /**
   * The promises of the edge of the environment's zone.
   *
   * @throws {Error} when another environment owns the zone: the edge is in its policy
   */
  public get edge(): EdgePolicy {
    if (this.ownsZone) return edgePolicy(this.tenancy);
    throw new Error(`the edge of "${this.name}" is part of the policy of "${this.edgeOwner}", which owns the zone`);
  }

  /** The access to the environment's web services. */
  public get ingress(): IngressPolicy {
    const { name, hosts, ingress } = this.environment;
    return { name, hosts, ...(ingress === undefined ? {} : { ingress }) };
  }

  /** The access to the environment's datastores. */
  public get databases(): DatabasesPolicy {
    const { name, egress, datastores = [] } = this.environment;
    return { name, datastores, ...(egress === undefined ? {} : { egress }) };
  }

  /** The limits of the environment's workers. */
  public get workers(): WorkersPolicy {
    const { name, workers = [], workerEgress, egress, datastores = [], accept = [] } = this.environment;
    return {
      name,
      workers,
      datastores,
      accept,
      zone: this.tenancy.zone,
      ...(workerEgress === undefined ? {} : { workerEgress }),
      ...(egress === undefined ? {} : { egress }),
    };
  }

  /** The scans and tests of the environment's repositories. */
  public get scans(): ScansPolicy {
    const { name, repositories = [], accept = [] } = this.environment;
    return { name, repositories, accept };
  }

  /** The key paths at which the environment still holds example values. Empty when it may be applied. */
  public get exampleValues(): readonly string[] {
    return exampleValues(this.environment);
  }

  public toJSON(): Environment {
    return this.environment;
  }
}

/**
 * The members of an environment in which there are problems; for a value that is no environment, the name that it
 * lacks.
 */
function membersOf(environment: unknown, problems: readonly Problem[] = []): ReadonlySet<string> {
  const isObject = typeof environment === "object" && environment !== null;
  return new Set(isObject ? problems.map(({ at }) => /^\w*/.exec(at)?.[0] ?? "") : ["name"]);
}

/** A problem of an environment, among those of others. */
function within(environment: Partial<Environment> | undefined, index: number, problem: Problem): Problem {
  const { name } = environment ?? {};
  const prefix = typeof name === "string" && name !== "" ? name : `environments[${index}]`;
  return { ...problem, at: problem.at === WHOLE ? prefix : `${prefix}.${problem.at}` };
}
