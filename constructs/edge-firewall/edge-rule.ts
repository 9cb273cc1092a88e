import type { OtherRule } from "../../policy/other-rule";

/** A rule of one of the edge's phases: its own have the form in which those of other teams come in. */
export type EdgeRule = OtherRule;
