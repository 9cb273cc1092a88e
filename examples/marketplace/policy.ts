import {
  Accept,
  ApiHosts,
  CloudflarePlan,
  Datastore,
  EdgePhase,
  EgressAddresses,
  Origin,
  type OtherRule,
  Policy,
  Webhook,
  Worker,
  Zone,
} from "../../policy";

/** The marketplace's own rules. They come after the guards of its phase, so that none can let a request past one. */
const RULES: readonly OtherRule[] = [
  {
    phase: EdgePhase.CUSTOM,
    ref: "sellers-admin",
    description: "sellers: the admin pages are for the office",
    expression: 'starts_with(http.request.uri.path, "/admin") and not ip.src in {198.51.100.0/28 2001:db8:0:1::/64}',
    action: "block",
  },
  {
    phase: EdgePhase.CUSTOM,
    ref: "growth-sign-up",
    description: "growth: challenge sign-ups",
    expression: 'http.request.uri.path eq "/sign-up" and http.request.method eq "POST"',
    action: "managed_challenge",
  },
];

/** The addresses that the payment vendor publishes as the senders of its webhooks. */
const PAYMENTS = ["198.51.100.64/28", "2001:db8:0:2::/64"];

export const marketplace = Policy.of("marketplace", {
  zone: Zone.of("example.net", {
    id: "00000000000000000000000000000003",
    account: "00000000000000000000000000000002",
    plan: CloudflarePlan.PRO,
  }),
  hosts: {
    "www.example.net": Origin.render("srv-00000000000000000002", "example-marketplace.onrender.com"),
    "api.example.net": Origin.render("srv-00000000000000000003", "example-marketplace-api.onrender.com"),
  },
  webhooks: [Webhook.meta("/hooks/meta"), Webhook.from("/hooks/payments", "payments", PAYMENTS)],
  edge: { otherRules: RULES },
  egress: EgressAddresses.dedicated("egs-00000000000000000001", ["203.0.113.50", "203.0.113.51"]),
  datastores: [
    Datastore.supabase("examplemarketplacedb"),
    Datastore.supabase("examplereportsdbxxxx"),
    Datastore.renderKeyValue("red-00000000000000000001"),
  ],
  workers: [Worker.render("srv-00000000000000000004", { reaches: [ApiHosts.OPENAI, ApiHosts.STRIPE] })],
  accept: [Accept.declared("WORK-2", "a Gateway that knows workers by their address needs the Enterprise plan")],
});
