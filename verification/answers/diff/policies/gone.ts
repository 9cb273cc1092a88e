import type { Notice } from "./notice";

/** What it means that an environment no longer names a thing of an id. */
export type Gone = (at: string, id: string) => readonly Notice[];
