import { Resource } from "@cdktf/provider-null/lib/resource";
import { AssetType, type ITerraformDependable, TerraformAsset, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type ApplierKind, applierOf, PROGRAMS } from "./applier";

export interface AppliedStateProps {
  readonly kind: ApplierKind;
  /** The id of what the state belongs to, on its platform. */
  readonly target: string;
  /** What has to be in force, in the form that the manifest has for the kind. Never a secret. */
  readonly desiredState: Readonly<Record<string, unknown>>;
  /**
   * What has to be there first.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * State that a platform's Terraform provider can't hold, applied through the platform's API by a program that fails the
 * apply unless the platform says that it is in force.
 *
 * The triggers hold all that decides the result: the target, the desired state and the program, so a change of any runs it
 * again. Credentials come from the environment of the process that runs Terraform; an `environment` entry for them would
 * override that. There is no destroy provisioner: it would run before a replacement and open what is being closed.
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

/** The programs, once in every stack that applies state. */
function programsOf(scope: Construct): TerraformAsset {
  const stack = TerraformStack.of(scope);
  const shipped = stack.node.tryFindChild("Appliers") as TerraformAsset | undefined;
  return shipped ?? new TerraformAsset(stack, "Appliers", { path: PROGRAMS, type: AssetType.DIRECTORY });
}
