import type { Call } from "../../rehearsal/server";

/** A request as its method and the kind of object: `PUT rulesets`, `POST dns_records`, `PUT list items`. */
export function shortForm({ method, path }: Call): string {
  const [, , kind = "", below = ""] = path.split("/");
  if (kind === "rules") return `${method} ${path.includes("/items") ? "list items" : "lists"}`;
  return `${method} ${kind === "gateway" ? `gateway ${below}` : kind}`;
}
