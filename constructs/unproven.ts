import { Annotations, type ISynthesisSession, type IStackSynthesizer, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { isBeingProven, isRunByCli } from "../policy/synth";

/** The constructs of this package in each stack. */
const CONSTRUCTS = new WeakMap<TerraformStack, Construct[]>();

/** Carries the warning of the last synth: another synth takes it away with its construct. */
const WARNING = "Unproven";

/** Each synth of a construct's stack outside of the gate warns, by name, that nothing was proven. */
export function warnUnlessProven(construct: Construct): void {
  const stack = TerraformStack.of(construct);
  const constructs = CONSTRUCTS.get(stack);
  if (constructs !== undefined) {
    constructs.push(construct);
    return;
  }
  CONSTRUCTS.set(stack, [construct]);
  stack.synthesizer = warning(stack, stack.synthesizer);
}

/** A stack's synthesizer that warns first. The rest of it is the stack's own, what the gate tells it included. */
function warning(stack: TerraformStack, own: IStackSynthesizer): IStackSynthesizer {
  return Object.create(own, {
    synthesize: {
      value(this: IStackSynthesizer, session: ISynthesisSession): void {
        stack.node.tryRemoveChild(WARNING);
        if (!isBeingProven(stack.node.root)) warn(stack);
        own.synthesize.call(this, session);
      },
    },
  }) as IStackSynthesizer;
}

function warn(stack: TerraformStack): void {
  const named = (CONSTRUCTS.get(stack) ?? []).map((each) => `${each.constructor.name} ${each.node.path}`).join(", ");
  const message =
    `nothing was proven of ${stack.node.id}: ${named}; app.synth() runs without the gate; ` +
    "change: end the app by synthesize(() => ({ app, policies })) or gate(app, policies), in place of app.synth()";
  const place = new Construct(stack, WARNING);
  Annotations.of(place).addWarning(message);
  // The CLI prints annotations. An app that is run by itself would keep them to itself.
  if (!isRunByCli()) process.stderr.write(`WARN [${place.node.path}]: ${message}\n`);
}
