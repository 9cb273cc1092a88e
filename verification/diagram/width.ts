import type { RequestSet } from "./request-set";
import type { Values } from "./values";

/** What says most of how many are concerned first. */
const FIELDS = ["sources", "hosts", "paths", "methods", "queries", "ports"] as const;

const WIDEST_FIRST: readonly Values["kind"][] = ["all", "except", "only"];

/** How wide requests are, as a text: that of wider ones comes first. */
export function widthOf(requests: RequestSet): string {
  return FIELDS.map((field) => WIDEST_FIRST.indexOf(requests[field].kind)).join("");
}
