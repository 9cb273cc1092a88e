import { ownOf } from "../collections";
import { STATEMENT_IDS } from "../../policy/statements";
import { oncePer } from "../once-per";
import { blocksOf, canonicalJson, type JsonObject, membersOf } from "../terraform/json";
import type { Model } from "../terraform/model";
import type { Stack } from "../terraform/stack";
import type { AppUnknown } from "./unknown-blocks";
import { posix } from "node:path";

/**
 * Stacks that keep their states in one place, or may. Terraform destroys a thing that stands in the state and not in
 * the JSON. So the apply of each stack destroys the things of the other.
 *
 * @see https://developer.hashicorp.com/terraform/language/state
 */
export const sharedStatesIn = oncePer(({ stacks }: Model): readonly AppUnknown[] => {
  const places = stacks.map(placeOf);
  return stacks.flatMap(({ name }, index) =>
    stacks
      .slice(0, index)
      .filter((_, other) => mayBeOne(places[index], places[other]))
      .map((other) => ({
        statements: STATEMENT_IDS,
        unknown: {
          reason: `${other.name} and ${name} keep their states in one place, so the apply of each destroys what the other made`,
          question: "owner",
          place: { stack: name, pointer: "/terraform" },
        },
      })),
  );
});

/** The place of a state: the backend, and the members that tell two states of one backend apart. */
interface StatePlace {
  readonly backend: string;
  readonly names: readonly unknown[];
}

/** The members that tell two states of a backend apart, by its type. */
const NAMES: Readonly<Record<string, (told: JsonObject) => readonly unknown[]>> = {
  s3: ({ bucket, key }) => [bucket, key],
  gcs: ({ bucket, prefix = "" }) => [bucket, posix.join("/", String(prefix), "/")],
  azurerm: ({ storage_account_name: account, container_name: container, key }) => [account, container, key],
  pg: ({ schema_name: schema = "terraform_remote_state" }) => [schema],
  remote: ({ organization, workspaces }) => [organization, blocksOf(workspaces)],
  // The address names a project by its number or by its path, and then the state.
  http: ({ address }) => [address === undefined ? undefined : posix.basename(String(address))],
};

/** Some file systems don't tell letter case apart. */
const fileOf = (path: string, stack: string): string =>
  (posix.isAbsolute(path) ? posix.normalize(path) : posix.join("cdktf.out/stacks", stack, path)).toLowerCase();

/** Without a backend, the state is a local file beside the JSON. */
function placeOf({ name, json }: Stack): StatePlace {
  const [found] = blocksOf(json["terraform"]).flatMap(({ backend, cloud }) => [
    ...blocksOf(backend).flatMap((each) => Object.entries(each)),
    // The block and the backend lead to the same workspaces.
    ...blocksOf(cloud).map((each) => ["remote", each] as const),
  ]);
  const [backend, told] = found ?? ["local", {}];
  const members = membersOf(blocksOf(told)[0]);
  if (backend !== "local") return { backend, names: (ownOf(NAMES, backend) ?? ((all) => [all]))(members) };
  const { path = "terraform.tfstate" } = members;
  return { backend, names: [fileOf(String(path), name)] };
}

/** Whether two places may be one. A name that the JSON leaves to the one who deploys may be another for each stack. */
function mayBeOne(one: StatePlace | undefined, other: StatePlace | undefined): boolean {
  if (one === undefined || other === undefined || one.backend !== other.backend) return false;
  if (one.backend === "local") return mayBeOneFile(String(one.names[0]), String(other.names[0]));
  return one.names.every(
    (name, index) => name !== undefined && canonicalJson(name) === canonicalJson(other.names[index]),
  );
}

/** A whole path may lead to any folder, also to the one that another path is told from. */
function mayBeOneFile(one: string, other: string): boolean {
  if (posix.isAbsolute(one) === posix.isAbsolute(other)) return one === other;
  return posix.basename(one) === posix.basename(other);
}
