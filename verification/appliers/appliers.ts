import { groupedBy } from "../collections";
import { oncePer } from "../once-per";
import { dataBlocksOf } from "../terraform/json";
import type { Model } from "../terraform/model";
import type { Resource, Stack } from "../terraform/stack";
import { type Applier, applierOf, type Reading } from "./applier";
import type { ApplierKind } from "./desired-state";
import { type Manifest, ownManifest, runOf, type Unknown } from "./program";

/** The states that an app puts in force through platforms' APIs. */
export class Appliers {
  /** Those of every kind, in the order of the stacks. */
  public readonly all: readonly Applier[];
  /** Programs that aren't known, or whose input may let them do anything. */
  public readonly unknownPrograms: readonly Unknown[];
  private readonly unknowns: readonly Unknown[];
  private readonly byTarget: ReadonlyMap<string, readonly { readonly applier: Applier }[]>;

  public constructor(readings: readonly Reading[]) {
    this.all = readings.flatMap(({ applier }) => applier ?? []);
    this.unknowns = readings.flatMap(({ unknowns }) => unknowns);
    this.unknownPrograms = this.unknowns.filter(({ kind }) => kind === undefined);
    const targeted = this.all.flatMap((applier) => applier.targets.map((target) => ({ target, applier })));
    this.byTarget = groupedBy(targeted, ({ target }) => target);
  }

  /** The appliers of a kind, in the order of the stacks. */
  public ofKind<Kind extends ApplierKind>(kind: Kind): readonly Applier<Kind>[] {
    return this.all.filter(ofKind(kind));
  }

  /** The appliers of a kind whose state belongs to a thing, by one of its names. */
  public ofTarget<Kind extends ApplierKind>(kind: Kind, target: string): readonly Applier<Kind>[] {
    return (this.byTarget.get(target) ?? []).map(({ applier }) => applier).filter(ofKind(kind));
  }

  /** The reasons why more of a kind may be applied: unknowns of its own programs, and programs that may do anything. */
  public unknownsOf(kind: ApplierKind): readonly Unknown[] {
    return this.unknowns.filter((unknown) => unknown.kind === undefined || unknown.kind === kind);
  }
}

/**
 * The appliers of a model.
 *
 * @param manifest the programs that are known
 * @default - those that ship with this verifier
 */
export function appliersOf(model: Model, manifest: Manifest = ownManifest()): Appliers {
  return known(model)(manifest);
}

/** Every statement asks for them again. */
const known = oncePer(({ stacks }: Model) =>
  oncePer((manifest: Manifest) => new Appliers(stacks.flatMap((stack) => readingsOf(stack, manifest)))),
);

/** Whether an applier is of a kind. */
export const ofKind =
  <Kind extends ApplierKind>(kind: Kind) =>
  (applier: Applier): applier is Applier<Kind> =>
    applier.kind === kind;

function readingsOf(stack: Stack, manifest: Manifest): readonly Reading[] {
  const readings = stack.resources.filter(runsSomething).map((resource) => {
    const run = runOf(resource, stack, manifest);
    return "unknowns" in run ? run : applierOf(resource, run);
  });
  return [...readings, { unknowns: externalPrograms(stack) }];
}

/** A resource of any type may run something, and one without a provisioner runs nothing. */
export function runsSomething({ body }: Resource): boolean {
  const { provisioner } = body;
  return provisioner !== undefined && !(Array.isArray(provisioner) && provisioner.length === 0);
}

/**
 * The types of data that Terraform asks a program for.
 *
 * @see https://registry.terraform.io/providers/hashicorp/external/latest/docs/data-sources/external
 * @see https://registry.terraform.io/providers/hashicorp/local/latest/docs/data-sources/command
 */
export const ASKING: readonly string[] = ["external", "local_command"];

function externalPrograms({ name, json }: Stack): readonly Unknown[] {
  return ASKING.flatMap((type) => dataBlocksOf(json, type)).map(({ pointer }) => ({
    reason: "Terraform asks an unknown program for data, and the program may do anything",
    question: "program" as const,
    place: { stack: name, pointer },
  }));
}
