/** Ids that only examples have. An environment that holds one of them can be synthesized but not applied. */
export const EXAMPLE_IDS = {
  account: "0123456789abcdef0123456789abcdef",
  production: {
    zone: "11111111111111111111111111111111",
    service: "srv-example0production00",
    worker: "srv-example0worker000000",
    egress: "egs-example0production00",
    workerEgress: "egs-example0workers00000",
    project: "exampleproductiondbx",
    keyValue: "red-example0production00",
    githubApp: "9999999999",
  },
  staging: {
    zone: "22222222222222222222222222222222",
    service: "srv-example0staging00000",
    worker: "srv-example0worker000001",
    egress: "egs-example0staging00000",
    project: "examplestagingdbxxxx",
    keyValue: "red-example0staging00000",
  },
  dev: {
    zone: "33333333333333333333333333333333",
    service: "srv-example0dev000000000",
    worker: "srv-example0worker000002",
    egress: "egs-example0dev000000000",
    project: "exampledevdbxxxxxxxx",
    keyValue: "red-example0dev000000000",
  },
} as const;

/** Names that the standards reserve for examples, and everything below them (RFC 2606, RFC 6761). */
export const EXAMPLE_DOMAINS = ["example.com", "example.net", "example.org", "example", "test", "invalid"] as const;
