import { Accept } from "../../policy/accept";
import { EdgePart } from "../../policy/edge-options";
import { EdgePhase } from "../../policy/edge-phase";
import type { Environment } from "../../policy/environment";
import { Origin } from "../../policy/origin";
import { Policy } from "../../policy/policy";
import { Webhook } from "../../policy/webhook";
import { Zone } from "../../policy/zone";
import { aGuest, anEnvironment, aZone, EXISTING_ID } from "../support/environments";
import { problemsWith } from "../support/problems";
import { aRepository } from "../support/repositories";

const refused = (...environments: Environment[]) => problemsWith(() => Policy.across(environments));
const passes = (...environments: Environment[]) => {
  expect(() => Policy.across(environments)).not.toThrow();
};
const origin = Origin.render("srv-c0ffee0c0ffee0c0ffee", "shop.onrender.com");
const otherZone = Zone.of("store.dev", { ...aZone(), id: "b".repeat(32) });
const another = (overrides: Partial<Environment> = {}): Environment =>
  anEnvironment({ name: "store", zone: otherZone, hosts: { "store.dev": origin }, ...overrides });

describe("environments together", () => {
  test("pass when each has a zone of its own", () => {
    passes(anEnvironment(), another());
  });

  test("pass when one carries the others", () => {
    passes(anEnvironment(), aGuest("dev", "shop"), aGuest("staging", "shop"));
  });

  test("fail when two have the same name", () => {
    expect(refused(anEnvironment(), another({ name: "shop" })).map(({ at }) => at)).toContain("environments[1].name");
  });

  test("fail when a zone is carried by an environment that doesn't exist, and name those that own one", () => {
    expect(refused(anEnvironment(), aGuest("dev", "prod"))).toEqual([
      expect.objectContaining({ at: "dev.zone.by", got: '"prod"', allowed: "an environment that owns its zone: shop" }),
    ]);
  });

  test("fail when a zone is carried by a guest", () => {
    const problems = refused(anEnvironment(), aGuest("dev", "shop"), aGuest("staging", "dev"));
    expect(problems.map(({ at }) => at)).toEqual(["staging.zone.by"]);
  });

  test("fail when a guest sets options of the zone, and say whose they are", () => {
    expect(refused(anEnvironment(), aGuest("dev", "shop", { edge: {} }))).toEqual([
      expect.objectContaining({ at: "dev.edge", change: "move them to shop" }),
    ]);
  });

  test("fail when two have the same host, and name both places", () => {
    const [problem] = refused(anEnvironment(), aGuest("dev", "shop", { hosts: { "app.shop.dev": origin } }));
    expect(problem).toMatchObject({ at: 'dev.hosts["app.shop.dev"]' });
    expect(problem?.got).toContain('shop.hosts["app.shop.dev"]');
  });

  test("fail when a host lies outside its zone, also where its name ends with the zone's name and no dot", () => {
    const hosts = { "app.myshop.dev": origin, "app.store.dev": origin, "shop.dev": origin };
    expect(refused(anEnvironment({ hosts })).map(({ got }) => got)).toEqual(['"app.myshop.dev"', '"app.store.dev"']);
  });

  test("fail when a guest's host lies outside the owner's zone", () => {
    const problems = refused(anEnvironment(), aGuest("dev", "shop", { hosts: { "dev.store.dev": origin } }));
    expect(problems.map(({ at }) => at)).toEqual(['dev.hosts["dev.store.dev"]']);
  });

  test("fail when an existing record belongs to no host", () => {
    const edge = { existing: { records: { "www.shop.dev": EXISTING_ID } } };
    expect(refused(anEnvironment({ edge })).map(({ at }) => at)).toEqual([
      'shop.edge.existing.records["www.shop.dev"]',
    ]);
  });

  test("fail when a webhook lies within one of another sender, in any environment of the zone", () => {
    const inside = Webhook.from("/webhooks/meta/billing", "billing", ["8.8.8.0/24"]);
    expect(refused(anEnvironment(), aGuest("dev", "shop", { webhooks: [inside] })).map(({ at }) => at)).toEqual([
      "dev.webhooks[0].path",
    ]);
  });

  test("pass when such webhooks have the same sender, or live in different zones", () => {
    passes(anEnvironment({ webhooks: [Webhook.meta("/hooks"), Webhook.meta("/hooks/whatsapp")] }));
    passes(anEnvironment(), another({ webhooks: [Webhook.from("/webhooks/meta", "billing", ["8.8.8.0/24"])] }));
  });

  test("fail when one sender's name stands for different addresses", () => {
    const webhooks = [Webhook.from("/a", "billing", ["8.8.8.0/24"]), Webhook.from("/b", "billing", ["8.8.4.0/24"])];
    expect(refused(anEnvironment({ webhooks })).map(({ at }) => at)).toEqual(["shop.webhooks[1].sender.addresses"]);
  });

  test("pass when one sender's addresses are only written differently", () => {
    const halves = ["8.8.8.0/25", "8.8.8.128-8.8.8.255"];
    passes(
      anEnvironment({
        webhooks: [Webhook.from("/a", "billing", ["8.8.8.0/24"]), Webhook.from("/b", "billing", halves)],
      }),
    );
  });

  test("fail when an environment names a webhook twice", () => {
    const webhooks = [Webhook.meta("/hook"), Webhook.meta("/hook")];
    expect(refused(anEnvironment({ webhooks })).map(({ at }) => at)).toEqual(["shop.webhooks[1]"]);
  });

  test("fail when a part is left to others and a tenant doesn't accept the statements that it lowers", () => {
    const accept = [Accept.declared("PORTS-2", "the platform team redirects")];
    const owner = anEnvironment({ edge: { leave: [EdgePart.REDIRECT] }, accept });
    const [problem, ...more] = refused(owner, aGuest("dev", "shop"));
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ at: "shop.edge.leave[0]" });
    expect(problem?.change).toContain('Accept.declared("PORTS-2", reason) to dev.accept');
    passes(owner, aGuest("dev", "shop", { accept }));
  });

  test("fail when another team's ref is used twice in a phase", () => {
    const rule = { ref: "growth", description: "growth", expression: "ssl", action: "log" };
    const twice = (phase: EdgePhase) => [
      { ...rule, phase: EdgePhase.CUSTOM },
      { ...rule, phase },
    ];
    expect(refused(anEnvironment({ edge: { otherRules: twice(EdgePhase.CUSTOM) } })).map(({ at }) => at)).toEqual([
      "shop.edge.otherRules[1]",
    ]);
    passes(anEnvironment({ edge: { otherRules: twice(EdgePhase.REDIRECT) } }));
  });

  test("fail when a statement is lowered twice", () => {
    const accept = [Accept.declared("WEB-1", "the first reason"), Accept.declared("WEB-1", "the second reason")];
    expect(refused(anEnvironment({ accept })).map(({ at }) => at)).toEqual(["shop.accept[1]"]);
  });

  test("fail when two own a repository, in upper or lower case", () => {
    const problems = refused(
      anEnvironment({ repositories: [aRepository("acme/api")] }),
      another({ repositories: [aRepository("Acme/API")] }),
    );
    expect(problems.map(({ at }) => at)).toEqual(["store.repositories[0]"]);
  });
});

describe("environments of which one is malformed", () => {
  const malformed = (promise: object) => promise as Partial<Environment>;
  const places = (...environments: Environment[]) => refused(...environments).map(({ at }) => at);

  test("fail with the problems of every member that is well-formed, beside those of the form", () => {
    const broken = anEnvironment({ hosts: { "app.store.dev": origin }, ...malformed({ workers: [{ service: 1 }] }) });
    const accept = [Accept.declared("SCAN-1", "no repository yet"), Accept.declared("SCAN-1", "no repository yet")];
    const found = places(broken, another({ accept }));
    expect(found).toContain('shop.hosts["app.store.dev"]');
    expect(found).toContain("store.accept[1]");
    expect(found.some((at) => at.startsWith("shop.workers[0]"))).toBe(true);
  });

  test("fail with no problem of a member that is malformed but that of its form", () => {
    const broken = anEnvironment(malformed({ hosts: { "app.store.dev": 1 } }));
    expect(places(broken)).toEqual(['shop.hosts["app.store.dev"]']);
  });

  test("blame no guest for an owner that isn't seen", () => {
    const owner = anEnvironment(malformed({ zone: { ...aZone(), id: "none" } }));
    expect(places(owner, aGuest("dev", "shop"))).toEqual(["shop.zone.id"]);
  });

  test("blame no owner for the record of a guest that isn't seen", () => {
    const owner = anEnvironment({ edge: { existing: { records: { "dev.shop.dev": EXISTING_ID } } } });
    const guest = aGuest("dev", "shop", malformed({ hosts: { "dev.shop.dev": 1 } }));
    expect(places(owner, guest)).toEqual(['dev.hosts["dev.shop.dev"]']);
  });

  test("fail alone where it is no environment at all", () => {
    expect(places(anEnvironment(), null as unknown as Environment)).toEqual(["environments[1]"]);
  });
});
