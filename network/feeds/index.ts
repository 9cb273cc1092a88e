import { CLOUDFLARE } from "./cloudflare";
import { META } from "./meta";

/** Every committed feed, in the order in which reports name them. */
export const FEEDS = Object.freeze([META, CLOUDFLARE] as const);
