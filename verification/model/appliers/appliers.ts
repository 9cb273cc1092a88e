import { isObject } from "../terraform/json";
import type { Model } from "../model";
import type { Resource, Stack } from "../terraform/stack";
import { type Applier, applierOf, type Reading } from "./applier";
import type { ApplierKind } from "./desired-states";
import type { Fault } from "./fault";
import { type Manifest, ownManifest } from "./manifest";
import { fileHashes, type HashOfFile, runOf } from "./program";

/** What an app applies through platforms' APIs. */
export class Appliers {
  private constructor(
    private readonly all: readonly Applier[],
    private readonly faults: readonly Fault[],
  ) {}

  /**
   * The appliers of a model.
   *
   * @param manifest the programs that are known
   * @default - those that ship with this verifier
   */
  public static of(model: Model, manifest: Manifest = ownManifest()): Appliers {
    const known = KNOWN.get(model)?.get(manifest);
    if (known !== undefined) return known;
    const readings = model.stacks.flatMap((stack) => readingsOf(stack, manifest));
    const appliers = new Appliers(
      readings.flatMap(({ applier }) => applier ?? []),
      readings.flatMap(({ faults }) => faults),
    );
    KNOWN.set(model, new Map([...(KNOWN.get(model) ?? []), [manifest, appliers]]));
    return appliers;
  }

  /** The appliers of a kind, in the order of the stacks. */
  public ofKind<Kind extends ApplierKind>(kind: Kind): readonly Applier<Kind>[] {
    return this.all.filter((applier): applier is Applier<Kind> => applier.kind === kind);
  }

  /** Why nobody can say all that is applied of a kind: what is told to its programs, and programs that may do anything. */
  public faultsOf(kind: ApplierKind): readonly Fault[] {
    return this.faults.filter((fault) => fault.kind === undefined || fault.kind === kind);
  }
}

/** Every statement asks for them again. */
const KNOWN = new WeakMap<Model, ReadonlyMap<Manifest, Appliers>>();

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

/** Data that Terraform asks a program for: https://registry.terraform.io/providers/hashicorp/external/latest/docs */
function externalPrograms({ name, json }: Stack): readonly Fault[] {
  const data = isObject(json["data"]) ? json["data"] : {};
  return data["external"] === undefined
    ? []
    : [
        {
          reason: "Terraform asks a program for data, and nobody here knows what else that does",
          place: { stack: name, pointer: "/data/external" },
        },
      ];
}
