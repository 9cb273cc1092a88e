import { z } from "zod";
import { hostName, literal, object } from "./schema/shapes";

/** What workers may reach out for. */
export enum ApiPurpose {
  AI = "ai",
  PAYMENTS = "payments",
}

/** The API hosts of one vendor. */
export interface ApiHosts {
  /** The vendor's name. */
  readonly vendor: string;
  readonly purpose: ApiPurpose;
  /** Exactly these hosts, without their subdomains. */
  readonly hosts: readonly string[];
  /** The page on which the vendor documents them. */
  readonly source: string;
}

export const apiHostsSchema = object({
  vendor: z.string({ error: "the vendor's name" }).min(1, { error: "the vendor's name" }),
  purpose: z.enum(ApiPurpose, { error: "ai or payments (ApiPurpose): workers reach out for nothing else" }),
  hosts: z.array(hostName, { error: "a list of hosts" }).min(1, { error: "at least one host" }),
  source: literal(/^https:\/\/\S+$/, "the https address of the page on which the vendor documents its hosts"),
});
