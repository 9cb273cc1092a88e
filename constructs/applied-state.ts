import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { AssetType, type ITerraformDependable, TerraformAsset, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { HostNotation } from "../network/host-notation";
import { type DedicatedAddresses, egressBlocks } from "../policy/egress-addresses";

/** The kinds of state that an applier holds in force through a platform's API, one program each. */
export enum ApplierKind {
  /** A Supabase project's Postgres and pooler admit exactly these blocks. */
  SUPABASE_NETWORK_RESTRICTIONS = "supabase-network-restrictions",
  /** A Render Key Value instance admits exactly these public blocks. */
  RENDER_KEY_VALUE_ALLOW_LIST = "render-key-value-allow-list",
  /** A Render web service has no onrender.com name, and exactly these custom domains. */
  RENDER_WEB_SERVICE_SUBDOMAIN = "render-web-service-subdomain",
  /** A Render web service admits exactly these public blocks. */
  RENDER_WEB_SERVICE_ALLOW_LIST = "render-web-service-allow-list",
  /** A Render service is of this type. Nothing is written. */
  RENDER_SERVICE_TYPE = "render-service-type",
  /** A set of dedicated outbound addresses on Render is running and has exactly these. Nothing is written. */
  RENDER_DEDICATED_ADDRESSES = "render-dedicated-addresses",
}

export interface AppliedStateProps {
  readonly kind: ApplierKind;
  /** The platform's id of the thing that has the state. */
  readonly target: string;
  /** The state that has to be in force, in the form that the manifest has for the kind. Never a secret. */
  readonly desiredState: Readonly<Record<string, unknown>>;
  /**
   * The resources that have to be there first.
   *
   * @default - none
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * State that a platform's Terraform provider can't hold. A program applies it through the platform's API, and fails the
 * apply unless the platform says that it is in force.
 *
 * The triggers hold all that decides the result: the target, the desired state and the program. A change of any runs the
 * program again. Credentials come from the environment of the process that runs Terraform; an `environment` entry for
 * them would override that. There is no destroy provisioner: it would run before a replacement and open the access that
 * the replacement closes.
 */
export class AppliedState extends Construct {
  public readonly resource: Resource;

  public constructor(scope: Construct, id: string, { kind, target, desiredState, dependsOn = [] }: AppliedStateProps) {
    super(scope, id);
    const { program, hash } = applierOf(kind);
    const state = JSON.stringify(desiredState);
    this.resource = new Resource(this, "Resource", {
      triggers: { kind, target, desired_state: state, program: hash },
      provisioners: [
        {
          type: "local-exec",
          interpreter: ["/bin/sh", "-ceu"],
          command: 'node "$APPLIER"',
          environment: { APPLIER: `${programsOf(this).path}/${program}`, DESIRED_STATE: state },
        },
      ],
      ...(dependsOn.length === 0 ? {} : { dependsOn: [...dependsOn] }),
    });
  }
}

/** The state in which a set of dedicated addresses is running and has exactly the declared ones. */
export function dedicatedAddresses(dedicated: DedicatedAddresses): AppliedStateProps {
  const { set } = dedicated;
  return {
    kind: ApplierKind.RENDER_DEDICATED_ADDRESSES,
    target: set,
    desiredState: { dedicatedIpId: set, ips: egressBlocks(dedicated, HostNotation.BARE) },
  };
}

/** The folder of the programs, which ships as a whole. */
const PROGRAMS = join(__dirname, "..", "appliers", "programs");

/** The programs, once in every stack that applies state. */
function programsOf(scope: Construct): TerraformAsset {
  const stack = TerraformStack.of(scope);
  const shipped = stack.node.tryFindChild("Appliers") as TerraformAsset | undefined;
  return shipped ?? new TerraformAsset(stack, "Appliers", { path: PROGRAMS, type: AssetType.DIRECTORY });
}

/** A program as the manifest lists it. */
interface ListedProgram {
  readonly kind: string;
  /** Its file in the folder of the programs. */
  readonly program: string;
  /** The hash of everything that it loads. */
  readonly hash: string;
}

let manifest: { readonly kinds: readonly ListedProgram[] } | undefined;

function applierOf(kind: ApplierKind): ListedProgram {
  // An app that applies no state needs no manifest, so it is read late.
  manifest ??= JSON.parse(readFileSync(join(PROGRAMS, "..", "manifest.json"), "utf8")) as NonNullable<typeof manifest>;
  const applier = manifest.kinds.find((each) => each.kind === kind);
  if (applier === undefined) throw new Error(`the manifest of the appliers has no ${kind}`);
  return applier;
}
