import { groupedBy } from "../collections";
import { oncePer } from "../once-per";
import { dataBlocksOf } from "../terraform/json";
import type { Model } from "../terraform/model";
import type { Resource, Stack } from "../terraform/stack";
import { type Applier, applierOf, type Reading } from "./applier";
import type { ApplierKind } from "./desired-state";
import { type Fault, type Manifest, ownManifest, fileHashes, type HashOfFile, runOf } from "./program";

/** What an app applies through platforms' APIs. */
export class Appliers {
  private readonly byTarget: ReadonlyMap<string, readonly { readonly applier: Applier }[]>;

  private constructor(
    /** Those of every kind, in the order of the stacks. */
    public readonly all: readonly Applier[],
    private readonly faults: readonly Fault[],
  ) {
    const targeted = all.flatMap((applier) => applier.targets.map((target) => ({ target, applier })));
    this.byTarget = groupedBy(targeted, ({ target }) => target);
  }

  /**
   * The appliers of a model.
   *
   * @param manifest the programs that are known
   * @default - those that ship with this verifier
   */
  public static of(model: Model, manifest: Manifest = ownManifest()): Appliers {
    return Appliers.known(model)(manifest);
  }

  /** Every statement asks for them again. */
  private static readonly known = oncePer(({ stacks }: Model) =>
    oncePer((manifest: Manifest) => {
      const readings = stacks.flatMap((stack) => readingsOf(stack, manifest));
      return new Appliers(
        readings.flatMap(({ applier }) => applier ?? []),
        readings.flatMap(({ faults }) => faults),
      );
    }),
  );

  /** The appliers of a kind, in the order of the stacks. */
  public ofKind<Kind extends ApplierKind>(kind: Kind): readonly Applier<Kind>[] {
    return this.all.filter(isOfKind(kind));
  }

  /** The appliers of a kind whose state belongs to a thing, by one of its names. */
  public ofTarget<Kind extends ApplierKind>(kind: Kind, target: string): readonly Applier<Kind>[] {
    return (this.byTarget.get(target) ?? []).map(({ applier }) => applier).filter(isOfKind(kind));
  }

  /** Programs that are none of those known, or are told what may have them do anything. */
  public get unknownPrograms(): readonly Fault[] {
    return this.faults.filter(({ kind }) => kind === undefined);
  }

  /** Why nobody can say all that is applied of a kind: what is told to its programs, and programs that may do anything. */
  public faultsOf(kind: ApplierKind): readonly Fault[] {
    return this.faults.filter((fault) => fault.kind === undefined || fault.kind === kind);
  }
}

/** Whether an applier is of a kind. */
export const isOfKind =
  <Kind extends ApplierKind>(kind: Kind) =>
  (applier: Applier): applier is Applier<Kind> =>
    applier.kind === kind;

function readingsOf(stack: Stack, manifest: Manifest): readonly Reading[] {
  const hashOfFile = fileHashes(stack);
  return [
    ...stack.resources.filter(runsSomething).map((resource) => readingOf(resource, hashOfFile, manifest)),
    { faults: externalPrograms(stack) },
  ];
}

function readingOf(resource: Resource, hashOfFile: HashOfFile, manifest: Manifest): Reading {
  const run = runOf(resource, hashOfFile, manifest);
  return "faults" in run ? run : applierOf(resource, run);
}

/** A resource of any type may run something, and one without a provisioner runs nothing. */
function runsSomething({ body }: Resource): boolean {
  const { provisioner } = body;
  return provisioner !== undefined && !(Array.isArray(provisioner) && provisioner.length === 0);
}

/**
 * The types of data that Terraform asks a program for.
 *
 * @see https://registry.terraform.io/providers/hashicorp/external/latest/docs/data-sources/external
 * @see https://registry.terraform.io/providers/hashicorp/local/latest/docs/data-sources/command
 */
const ASKING = ["external", "local_command"] as const;

function externalPrograms({ name, json }: Stack): readonly Fault[] {
  return ASKING.flatMap((type) => dataBlocksOf(json, type)).map(({ pointer }) => ({
    reason: "Terraform asks a program for data, and nobody here knows what else that does",
    place: { stack: name, pointer },
  }));
}
