/** The account of the zones. */
export const ACCOUNT = "0123456789abcdef0123456789abcdef";

/** The promises of the shipped environments, written down independently of them. */
export const STACKS = [
  {
    stack: "production",
    host: "app.example.com",
    service: "srv-example0production00",
    worker: "srv-example0worker000000",
    project: "exampleproductiondbx",
    keyValue: "red-example0production00",
    egress: ["203.0.113.10", "203.0.113.11", "203.0.113.12"],
    gateway: ["203.0.113.20", "203.0.113.21", "203.0.113.22"],
  },
  {
    stack: "staging",
    host: "app.example.net",
    service: "srv-example0staging00000",
    worker: "srv-example0worker000001",
    project: "examplestagingdbxxxx",
    keyValue: "red-example0staging00000",
    egress: ["203.0.113.30", "203.0.113.31", "203.0.113.32"],
    gateway: [],
  },
  {
    stack: "dev",
    host: "app.example.org",
    service: "srv-example0dev000000000",
    worker: "srv-example0worker000002",
    project: "exampledevdbxxxxxxxx",
    keyValue: "red-example0dev000000000",
    egress: ["203.0.113.40", "203.0.113.41", "203.0.113.42"],
    gateway: [],
  },
] as const;

/** The hosts that workers may reach. */
export const API_HOSTS = ["api.openai.com", "api.stripe.com", "files.stripe.com"];
