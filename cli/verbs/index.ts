import type { Verb } from "../verb";
import { addresses } from "./addresses";
import { pentest } from "./pentest";
import { probe } from "./probe";

/** Every command, in the order in which help shows them. */
export const VERBS: readonly Verb[] = [addresses, pentest, probe];
