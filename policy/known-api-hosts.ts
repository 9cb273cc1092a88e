import { type ApiHosts as Hosts, ApiPurpose } from "./api-hosts";

/** The documented API hosts of vendors, and a way to add others. */
export const ApiHosts = {
  ANTHROPIC: {
    vendor: "Anthropic",
    purpose: ApiPurpose.AI,
    hosts: ["api.anthropic.com"],
    source: "https://docs.anthropic.com/en/api/overview",
  },
  GOOGLE_GEMINI: {
    vendor: "Google Gemini",
    purpose: ApiPurpose.AI,
    hosts: ["generativelanguage.googleapis.com"],
    source: "https://ai.google.dev/api",
  },
  MISTRAL: {
    vendor: "Mistral",
    purpose: ApiPurpose.AI,
    hosts: ["api.mistral.ai"],
    source: "https://docs.mistral.ai/api/",
  },
  OPENAI: {
    vendor: "OpenAI",
    purpose: ApiPurpose.AI,
    hosts: ["api.openai.com"],
    source: "https://platform.openai.com/docs/api-reference/introduction",
  },
  MERCADO_PAGO: {
    vendor: "Mercado Pago",
    purpose: ApiPurpose.PAYMENTS,
    hosts: ["api.mercadopago.com"],
    source: "https://www.mercadopago.com/developers/en/reference",
  },
  PAYPAL: {
    vendor: "PayPal",
    purpose: ApiPurpose.PAYMENTS,
    hosts: ["api-m.paypal.com"],
    source: "https://developer.paypal.com/api/rest/requests/",
  },
  STRIPE: {
    vendor: "Stripe",
    purpose: ApiPurpose.PAYMENTS,
    hosts: ["api.stripe.com", "files.stripe.com"],
    source: "https://docs.stripe.com/ips",
  },
  /**
   * The hosts of another vendor, for AI or payments.
   *
   * @param source the page on which the vendor documents them
   */
  of(vendor: string, purpose: ApiPurpose, hosts: readonly string[], source: string): Hosts {
    return { vendor, purpose, hosts, source };
  },
} as const satisfies Readonly<Record<string, Hosts | ((...args: never[]) => Hosts)>>;
