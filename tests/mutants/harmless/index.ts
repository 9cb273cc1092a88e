import type { Kind } from "../kind";
import { HARMLESS_EXPRESSIONS } from "./expressions";
import { HARMLESS_RESOURCES } from "./resources";

/** Edits that don't touch the policy: every proven statement stays proven. */
export const HARMLESS: readonly Kind[] = [...HARMLESS_EXPRESSIONS, ...HARMLESS_RESOURCES];
