/** Ids that only examples have. An environment that holds one of them can be synthesized but not applied. */
export const EXAMPLE_IDS = {
  account: "0123456789abcdef0123456789abcdef",
  zones: {
    production: "11111111111111111111111111111111",
    staging: "22222222222222222222222222222222",
    dev: "33333333333333333333333333333333",
  },
  services: {
    production: "srv-example0production00",
    staging: "srv-example0staging00000",
    dev: "srv-example0dev000000000",
  },
} as const;

/** Names that the standards reserve for examples, and everything below them (RFC 2606, RFC 6761). */
export const EXAMPLE_DOMAINS = ["example.com", "example.net", "example.org", "example", "test", "invalid"] as const;
