import type { Verb } from "../verb";
import { addresses } from "./addresses";
import { pentest } from "./pentest";

/** Every command, in the order in which help shows them. */
export const VERBS: readonly Verb[] = [addresses, pentest];
