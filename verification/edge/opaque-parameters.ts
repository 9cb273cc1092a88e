import type { ZoneRule } from "./zone";

/** Whether a rule's parameters are something that only the apply knows as a whole: not even their names are written. */
export function areParametersOpaque({
  areParametersKnown,
  parameters,
}: Pick<ZoneRule, "areParametersKnown" | "parameters">): boolean {
  return !areParametersKnown && Object.keys(parameters).length === 0;
}
