import { z } from "zod";
import type { Problem } from "../errors/invalid-input";
import { members } from "./members";
import { addressText, object, publicSourceProblems, reason } from "./shapes";

/** Render's own inbound rules for an environment's web services: these addresses, and no others. */
export interface RenderAllowList {
  readonly kind: "render-allow-list";
  /** Public addresses, CIDR blocks or ranges: those from which Render sees the edge's requests come. */
  readonly addresses: readonly string[];
  /** The evidence that these are the right ones. Printed with WEB-1 wherever it appears. */
  readonly reason: string;
}

/** The demands of an environment's web services on a connection, beside the name of a public host. */
export type WebIngress = RenderAllowList;

export const webIngressSchema = object({
  kind: z.literal("render-allow-list", { error: "render-allow-list: made by WebIngress.renderAllowList" }),
  addresses: z
    .array(addressText, { error: "a list of addresses" })
    .min(1, { error: "at least one address: an empty list would block every request" }),
  reason,
});

export const WebIngress = members("WebIngress", {
  /**
   * Render's own inbound allow list, on every web service behind the environment's hosts. **It needs Render's Enterprise
   * plan**: on every other plan the deploy fails.
   *
   * It is opt-in because a wrong list is an outage, and the right one can't be looked up. Render is itself behind
   * Cloudflare. Its documentation doesn't say which address it compares when another Cloudflare zone stands in front of it:
   * the visitor's or the edge's. Try it on an environment without users.
   *
   * Every customer of Cloudflare shares its ranges, so this doesn't replace the edge's secret.
   *
   * @param addresses public addresses, CIDR blocks or ranges, at least one
   * @param reason the evidence that these are the right ones, in at least 10 characters
   * @see https://render.com/docs/inbound-ip-rules
   */
  renderAllowList(addresses: readonly string[], reason: string): RenderAllowList {
    return { kind: "render-allow-list", addresses, reason };
  },
});

/** A web service admits public addresses only. */
export function ingressProblems({
  name,
  ingress,
}: {
  readonly name: string;
  readonly ingress?: WebIngress;
}): readonly Problem[] {
  const { addresses = [] } = ingress ?? {};
  return addresses.flatMap((text, index) => publicSourceProblems(`${name}.ingress.addresses[${index}]`, text));
}
