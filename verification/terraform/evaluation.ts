import { evaluated, type Lookup, partOf } from "./expression";
import type { JsonObject } from "./json";
import { isHandy, type Value } from "./value";

/** A local, or an attribute of a resource. */
interface Member {
  readonly name: string;
  readonly json: unknown;
}

/**
 * Evaluates the JSON of a stack. Locals and the attributes that resources are given have values. Attributes that a provider
 * computes stay unknown, as do references that lead back to themselves, or grow without end.
 */
export class Evaluation {
  private readonly known = new Map<string, Value | undefined>();
  private readonly begun = new Set<string>();
  /** The members without which the last attempt failed. */
  private lacking: Member[] = [];

  /** @param bodyOf the body of a resource by its type and its name */
  public constructor(
    private readonly locals: JsonObject,
    private readonly bodyOf: (type: string, name: string) => JsonObject | undefined,
  ) {}

  /** The value of a part of the JSON. */
  public valueOf(json: unknown): Value {
    let value = this.attempt(json);
    while (this.lacking.length > 0) {
      this.settle(this.lacking);
      value = this.attempt(json);
    }
    return value;
  }

  /** Settles the members that a member lacks before the member itself. A loop, since a chain may have any length. */
  private settle(members: readonly Member[]): void {
    const open = [...members];
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      if (this.known.has(member.name)) continue;
      this.begun.add(member.name);
      const value = this.attempt(member.json);
      if (this.lacking.length === 0) this.known.set(member.name, isHandy(value) ? value : undefined);
      else for (const each of [member, ...this.lacking]) open.push(each);
    }
  }

  private attempt(json: unknown): Value {
    this.lacking = [];
    return evaluated(json, this.lookup);
  }

  private readonly lookup: Lookup = (path) => {
    const { holder, at } = this.holderOf(path);
    const key = path[at] ?? "";
    const json = Object.hasOwn(holder, key) ? holder[key] : undefined;
    if (json === undefined || json === null) return undefined;
    const name = JSON.stringify(path.slice(0, at + 1));
    if (!this.known.has(name) && !this.begun.has(name)) this.lacking.push({ name, json });
    return partOf(this.known.get(name), path.slice(at + 1));
  };

  /** Where a reference leads, and which part of its path names the member there. */
  private holderOf([first = "", second = "", third = ""]: readonly string[]): { holder: JsonObject; at: number } {
    if (first === "local") return { holder: this.locals, at: 1 };
    const body = META_ARGUMENTS.has(third) ? undefined : this.bodyOf(first, second);
    const isOne = body !== undefined && !("count" in body) && !("for_each" in body);
    return { holder: isOne ? body : {}, at: 2 };
  }
}

/** Members of a resource for Terraform, not for the provider. `provider`, `count` and `for_each` change its meaning. */
export const META_ARGUMENTS: ReadonlySet<string> = new Set([
  "//",
  ...["count", "for_each", "depends_on", "lifecycle", "provider", "provisioner", "connection"],
]);
