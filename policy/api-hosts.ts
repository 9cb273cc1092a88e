import { z } from "zod";
import { members } from "./members";
import { hostName, literal, object, withHttps } from "./shapes";

/** The two purposes for which workers may reach out. */
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

/** The documented API hosts of vendors, and a factory for others. */
export const ApiHosts = members("ApiHosts", {
  ANTHROPIC: ai("Anthropic", ["api.anthropic.com"], "https://docs.anthropic.com/en/api/overview"),
  GOOGLE_GEMINI: ai("Google Gemini", ["generativelanguage.googleapis.com"], "https://ai.google.dev/api"),
  MISTRAL: ai("Mistral", ["api.mistral.ai"], "https://docs.mistral.ai/api/"),
  OPENAI: ai("OpenAI", ["api.openai.com"], "https://platform.openai.com/docs/api-reference/introduction"),
  MERCADO_PAGO: payments(
    "Mercado Pago",
    ["api.mercadopago.com"],
    "https://www.mercadopago.com/developers/en/reference",
  ),
  PAYPAL: payments("PayPal", ["api-m.paypal.com"], "https://developer.paypal.com/api/rest/requests/"),
  STRIPE: payments("Stripe", ["api.stripe.com", "files.stripe.com"], "https://docs.stripe.com/ips"),
  /**
   * The hosts of another vendor, for AI or payments.
   *
   * @param source the page on which the vendor documents them
   */
  of(vendor: string, purpose: ApiPurpose, hosts: readonly string[], source: string): ApiHosts {
    return { vendor, purpose, hosts, source };
  },
});

export const apiHostsSchema = object(
  {
    vendor: z.string({ error: "the vendor's name" }).min(1, { error: "the vendor's name" }),
    purpose: z.enum(ApiPurpose, { error: "ai or payments (ApiPurpose): workers reach out for nothing else" }),
    hosts: z.array(hostName, { error: "a list of hosts" }).min(1, { error: "at least one host" }),
    source: literal(
      /^https:\/\/\S+$/,
      "the https address of the page on which the vendor documents its hosts",
      withHttps,
    ),
  },
  `a vendor: ${Object.keys(ApiHosts)
    .map((name) => `ApiHosts.${name}`)
    .join(", ")}(vendor, purpose, hosts, source)`,
);

function ai(vendor: string, hosts: readonly string[], source: string): ApiHosts {
  return { vendor, purpose: ApiPurpose.AI, hosts, source };
}

function payments(vendor: string, hosts: readonly string[], source: string): ApiHosts {
  return { vendor, purpose: ApiPurpose.PAYMENTS, hosts, source };
}
