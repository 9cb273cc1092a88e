import { App, Testing } from "cdktf";
import { EdgeFirewall, WebServiceIngress } from "../../../constructs";
import { Origin } from "../../../policy/origin";
import { WebIngress } from "../../../policy/web-ingress";
import { policyOf, stackWith, statesOf, warningsOf } from "../../support/platform-stacks";
import { problemsWith } from "../../support/problems";
import { addressesOf, jsonOf, predecessorsOf } from "../../support/synthesized";

describe("WebServiceIngress", () => {
  const hosts = {
    "www.shop.dev": Origin.render("srv-aaaaaaaaaaaaaaaaaaaa", "a.onrender.com"),
    "app.shop.dev": Origin.render("srv-aaaaaaaaaaaaaaaaaaaa", "a.onrender.com"),
    "api.shop.dev": Origin.render("srv-bbbbbbbbbbbbbbbbbbbb", "b.onrender.com"),
  };
  const withEdge = (after: boolean) =>
    stackWith((stack) => {
      const { edge, ingress } = policyOf({ hosts });
      const { records } = new EdgeFirewall(stack, "Edge", edge);
      new WebServiceIngress(stack, "Ingress", after ? { ...ingress, after: records } : ingress);
    });

  test("turns the onrender.com name of every service off, whose domains are exactly its hosts", () => {
    expect(statesOf(withEdge(true))).toEqual(
      [
        { serviceId: "srv-aaaaaaaaaaaaaaaaaaaa", customDomains: ["app.shop.dev", "www.shop.dev"] },
        { serviceId: "srv-bbbbbbbbbbbbbbbbbbbb", customDomains: ["api.shop.dev"] },
      ].map(({ serviceId, customDomains }) => ({
        kind: "render-web-service-subdomain",
        target: serviceId,
        desired: { serviceId, renderSubdomainPolicy: "disabled", customDomains },
      })),
    );
  });

  test("turns it off after the hosts' records, and with them after every rule", () => {
    const json = jsonOf(withEdge(true));
    const everythingElse = Object.keys(json.resource ?? {})
      .filter((type) => type !== "null_resource")
      .flatMap((type) => addressesOf(json, type));
    for (const state of addressesOf(json, "null_resource")) {
      expect([...predecessorsOf(json, state)].sort()).toEqual([...everythingElse].sort());
    }
  });

  test("fails to synthesize when the hosts' records are in the stack and don't come first", () => {
    expect(() => jsonOf(withEdge(false))).toThrow(
      /shop\/Ingress would turn onrender\.com off before .*; pass after: edge\.records/,
    );
  });

  test("passes where the records are elsewhere", () => {
    const alone = stackWith((stack) => new WebServiceIngress(stack, "Ingress", policyOf({ hosts }).ingress));
    expect(statesOf(alone)).toHaveLength(2);
  });

  test("fails for a service that another environment owns", () => {
    const app = new App({ stackTraces: false });
    const ingress = (name: string) =>
      stackWith((stack) => new WebServiceIngress(stack, "Ingress", policyOf({ hosts }).ingress), name, app);
    ingress("one");
    expect(() => ingress("two")).toThrow(
      "a second owner of the Render service srv-aaaaaaaaaaaaaaaaaaaa, which one/Ingress owns",
    );
  });

  test("fails for props that no policy would give", () => {
    const props = { name: "shop", hosts: {} };
    expect(
      problemsWith(() => stackWith((stack) => new WebServiceIngress(stack, "Ingress", props))).map(({ at }) => at),
    ).toEqual(["hosts"]);
  });

  test("snapshot", () => {
    const alone = stackWith((stack) => new WebServiceIngress(stack, "Ingress", policyOf({ hosts }).ingress));
    expect(Testing.synth(alone, true)).toMatchSnapshot();
  });

  describe("with Render's own allow list", () => {
    const addresses = ["9.9.8.128/25", "9.9.8.0/25", "9.9.7.1", "2001:4860:1::/64"];
    const ingress = WebIngress.renderAllowList(addresses, "seen at a service that nobody needs");
    const listed = (after = true) =>
      stackWith((stack) => {
        const policy = policyOf({ hosts, ingress });
        const { records } = new EdgeFirewall(stack, "Edge", policy.edge);
        new WebServiceIngress(stack, "Ingress", after ? { ...policy.ingress, after: records } : policy.ingress);
      });

    test("admits exactly the listed addresses to every service, as the fewest blocks", () => {
      const lists = statesOf(listed()).filter(({ kind }) => kind === "render-web-service-allow-list");
      const blocks = ["9.9.7.1/32", "9.9.8.0/24", "2001:4860:1::/64"];
      expect(lists).toEqual(
        ["srv-aaaaaaaaaaaaaaaaaaaa", "srv-bbbbbbbbbbbbbbbbbbbb"].map((serviceId) => ({
          kind: "render-web-service-allow-list",
          target: serviceId,
          desired: {
            serviceId,
            ipAllowList: blocks.map((cidrBlock) => ({ cidrBlock, description: "ingress of shop" })),
          },
        })),
      );
    });

    test("admits them after the hosts' records, and after the service's onrender.com name is off", () => {
      const json = jsonOf(listed());
      const records = addressesOf(json, "cloudflare_dns_record");
      const ingressStates = addressesOf(json, "null_resource");
      const lists = ingressStates.filter((address) => address.includes("AllowList"));
      expect(lists).toHaveLength(2);
      for (const list of lists) {
        const service = /srv-[ab]+/.exec(list)?.[0] ?? "none";
        const subdomain = ingressStates.filter((address) => address.includes(service) && !lists.includes(address));
        expect([...predecessorsOf(json, list)]).toEqual(expect.arrayContaining([...records, ...subdomain]));
      }
    });

    test("fails to synthesize when the hosts' records are in the stack and don't come first", () => {
      expect(() => jsonOf(listed(false))).toThrow(/pass after: edge\.records/);
    });

    test("says with WEB-1 the reason for its addresses", () => {
      expect(warningsOf(listed())).toContain(`WEB-1 of shop: Render admits listed addresses only: ${ingress.reason}`);
    });

    test("is absent, without a warning, where the policy has none", () => {
      expect(warningsOf(withEdge(true)).filter((text) => text.startsWith("WEB-1"))).toEqual([]);
      expect(statesOf(withEdge(true)).map(({ kind }) => kind)).not.toContain("render-web-service-allow-list");
    });

    test("fails for addresses that no policy would give", () => {
      const props = { name: "shop", hosts, ingress: WebIngress.renderAllowList(["10.0.0.0/8"], ingress.reason) };
      const problems = problemsWith(() => stackWith((stack) => new WebServiceIngress(stack, "Ingress", props)));
      expect(problems.map(({ at }) => at)).toEqual(["shop.ingress.addresses[0]"]);
    });

    test("snapshot", () => {
      const alone = stackWith((stack) => new WebServiceIngress(stack, "Ingress", policyOf({ hosts, ingress }).ingress));
      expect(Testing.synth(alone, true)).toMatchSnapshot();
    });
  });
});
