import type { Verb } from "../verb";

/** Every command, in the order in which help shows them. */
export const VERBS: readonly Verb[] = [];
