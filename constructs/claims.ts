import type { Construct, IConstruct } from "constructs";
import { InvalidInput, type Problem } from "../errors/invalid-input";

const CARRY = "let one of the two own it; environments that share a zone use Zone.carriedBy(owner)";

const REPOSITORY = "let one environment own the repository";

/** A thing of a platform that has one owner in the whole app. */
export class Claim {
  private constructor(
    /** The thing as an error names it. Equal texts are the same thing. */
    public readonly thing: string,
    /** The change that removes a second owner. */
    public readonly change = "let one of the two own it",
  ) {}

  /** The entry point ruleset of a phase of a zone. */
  public static phase(zone: string, phase: string): Claim {
    return new Claim(`the ${phase} rules of zone ${zone}`, CARRY);
  }

  /** A setting of a zone. */
  public static zoneSetting(zone: string, setting: string): Claim {
    return new Claim(`the setting ${setting} of zone ${zone}`, CARRY);
  }

  /** The DNS records of a name of a zone. */
  public static record(zone: string, host: string): Claim {
    return new Claim(`the DNS record ${host} of zone ${zone}`, CARRY);
  }

  /** A custom list of a Cloudflare account. */
  public static list(account: string, name: string): Claim {
    return new Claim(`the list ${name} of account ${account}`);
  }

  /** A Supabase project, or a Key Value instance on Render. */
  public static datastore(name: string): Claim {
    return new Claim(`the datastore ${name}`);
  }

  /** A service on Render. */
  public static renderService(service: string): Claim {
    return new Claim(`the Render service ${service}`);
  }

  /** A name among an account's Gateway policies and proxy endpoints. */
  public static gatewayName(account: string, name: string): Claim {
    return new Claim(`the Gateway name "${name}" of account ${account}`);
  }

  /** A place among an account's Gateway policies. */
  public static gatewayPrecedence(account: string, precedence: number): Claim {
    return new Claim(`the Gateway precedence ${precedence} of account ${account}`, "choose another multiple of 1000");
  }

  /** An address by which an account's Gateway knows its source. */
  public static gatewaySource(account: string, address: string): Claim {
    return new Claim(
      `the Gateway source ${address} of account ${account}`,
      "give each environment's workers addresses of their own",
    );
  }

  /** A file of a GitHub repository. */
  public static repositoryFile(repository: string, path: string): Claim {
    return new Claim(`the file ${path} of repository ${repository.toLowerCase()}`, REPOSITORY);
  }

  /** A ruleset of a GitHub repository. */
  public static repositoryRuleset(repository: string, name: string): Claim {
    return new Claim(`the ruleset ${name} of repository ${repository.toLowerCase()}`, REPOSITORY);
  }

  /** Settings of a GitHub repository. */
  public static repositorySetting(repository: string, name: string): Claim {
    return new Claim(`the ${name} settings of repository ${repository.toLowerCase()}`, REPOSITORY);
  }

  /** An input variable of a stack. */
  public static variable(stack: string, name: string): Claim {
    return new Claim(`the variable ${name} of stack ${stack}`);
  }
}

const CLAIMS = new WeakMap<IConstruct, Claims>();

/** The owners of things in an app. Each thing that a platform has once is claimed once. */
export class Claims {
  private readonly owners = new Map<string, string>();

  /** The claims of the app that a construct is part of. */
  public static of(scope: Construct): Claims {
    const { root } = scope.node;
    const claims = CLAIMS.get(root) ?? new Claims();
    CLAIMS.set(root, claims);
    return claims;
  }

  /**
   * Makes a construct the owner of all of these things, or of none.
   *
   * @throws {InvalidInput} naming each thing that has an owner already, and both constructs
   */
  public take(owner: Construct, claims: readonly Claim[]): void {
    const { path } = owner.node;
    const problems = claims.flatMap((claim, index) => {
      const twice = claims.findIndex(({ thing }) => thing === claim.thing) < index;
      const other = twice ? path : this.owners.get(claim.thing);
      return other === undefined ? [] : [taken(path, claim, other)];
    });
    InvalidInput.throwIfAny(path, problems);
    for (const { thing } of claims) this.owners.set(thing, path);
  }
}

function taken(path: string, { thing, change }: Claim, other: string): Problem {
  return {
    at: path,
    got: `a second owner of ${thing}, which ${other} owns`,
    allowed: "one owner in the whole app",
    change,
  };
}
