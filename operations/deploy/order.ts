import { InvalidInput } from "../../errors/invalid-input";
import { notListed } from "../../errors/nearest";
import type { Policy } from "../../policy/policy";
import { ownerOf } from "../../policy/repository";

/** When an environment is deployed, and what its jobs need to know of it. */
export interface Turn {
  readonly environment: string;
  /** The environment whose deploy has to have succeeded before, in the same run; empty for the first. */
  readonly after: string;
  /** The owner of the repositories of the environment; empty where it has none. */
  readonly owner: string;
  /** The names of those repositories without their owner, separated by commas. */
  readonly repositories: string;
}

/** Which environments take part. */
export interface Selection {
  /**
   * These alone. A guest of a zone may be named without the zone's owner: whoever names it vouches that the owner's guards
   * and records for it are in force.
   *
   * @default - every environment; so does an empty list
   */
  readonly only?: readonly string[];
  /**
   * Every environment but these and the guests of their zones: nobody has named such a guest, and what guards it comes
   * with its owner.
   *
   * @default - none is left out
   */
  readonly without?: readonly string[];
}

/** A guest of a zone that isn't deployed because the zone's owner isn't. */
export interface LeftOut {
  readonly environment: string;
  readonly owner: string;
}

/**
 * The order in which environments are deployed: a guest of a zone after the zone's owner, which writes the guest's guards
 * and records; apart from that, the order in which the app lists them.
 *
 * @throws {InvalidInput} where an environment is named that doesn't exist
 */
export function deployOrder(policies: readonly Policy[], selection: Selection = {}): readonly Turn[] {
  const byName = new Map(policies.map((policy) => [policy.name, policy]));
  const { only = [], without = [] } = selection;
  const problems = Object.entries({ "--only": only, "--without": without }).flatMap(([flag, names]) =>
    names.filter((name) => !byName.has(name)).map((name) => notListed(flag, name, [...byName.keys()])),
  );
  InvalidInput.throwIfAny("the choice of environments", problems);
  const left = [...without, ...leftWithOwner(policies, selection).map(({ environment }) => environment)];
  const ordered = new Set(policies.flatMap(({ name, edgeOwner }) => [edgeOwner, name]));
  const chosen = [...ordered].filter((name) => isAskedFor(name, only) && !left.includes(name));
  return chosen.map((name, place) => ({
    environment: name,
    after: chosen[place - 1] ?? "",
    ...repositoriesOf(byName.get(name)),
  }));
}

/** The guests that are left out with the owner of their zone, of those that are asked for otherwise. */
export function leftWithOwner(policies: readonly Policy[], { only = [], without = [] }: Selection): readonly LeftOut[] {
  return policies
    .filter(({ name, edgeOwner }) => without.includes(edgeOwner) && !without.includes(name) && isAskedFor(name, only))
    .map(({ name, edgeOwner }) => ({ environment: name, owner: edgeOwner }));
}

function isAskedFor(name: string, only: readonly string[]): boolean {
  return only.length === 0 || only.includes(name);
}

function repositoriesOf(policy: Policy | undefined): Pick<Turn, "owner" | "repositories"> {
  const { repositories = [] } = policy?.environment ?? {};
  const [first] = repositories;
  const names = repositories.map(({ name }) => name.slice(name.indexOf("/") + 1));
  return { owner: first === undefined ? "" : ownerOf(first), repositories: names.join(",") };
}
