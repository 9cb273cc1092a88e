import { InvalidInput, shown } from "../../errors/invalid-input";
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
  /** @default - every environment; so does an empty list */
  readonly only?: readonly string[];
  /** @default - none is left out */
  readonly without?: readonly string[];
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
  InvalidInput.throwIfAny(
    "the choice of environments",
    [...only, ...without]
      .filter((name) => !byName.has(name))
      .map((name) => ({ at: "environment", got: shown(name), allowed: [...byName.keys()].join(", ") })),
  );
  const ordered = new Set(policies.flatMap(({ name, edgeOwner }) => [edgeOwner, name]));
  const chosen = [...ordered].filter((name) => (only.length === 0 || only.includes(name)) && !without.includes(name));
  return chosen.map((name, place) => ({
    environment: name,
    after: chosen[place - 1] ?? "",
    ...repositoriesOf(byName.get(name)),
  }));
}

function repositoriesOf(policy: Policy | undefined): Pick<Turn, "owner" | "repositories"> {
  const { repositories = [] } = policy?.environment ?? {};
  const [first] = repositories;
  const names = repositories.map(({ name }) => name.slice(name.indexOf("/") + 1));
  return { owner: first === undefined ? "" : ownerOf(first), repositories: names.join(",") };
}
