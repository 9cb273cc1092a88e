import type { Kind } from "../kind";
import { HARMLESS_EXPRESSIONS } from "./expressions";
import { HARMLESS_RESOURCES } from "./resources";

/** Edits that change nothing about what the policy says: whatever was proven stays so. */
export const HARMLESS: readonly Kind[] = [...HARMLESS_EXPRESSIONS, ...HARMLESS_RESOURCES];
