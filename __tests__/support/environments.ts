import { CloudflarePlan } from "../../policy/cloudflare-plan";
import type { Environment } from "../../policy/environment";
import { Origin } from "../../policy/origin";
import { Webhook } from "../../policy/webhook";
import { type OwnedZone, Zone } from "../../policy/zone";

/** A zone id that no example has. */
export const ZONE_ID = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
/** An account id that no example has. */
export const ACCOUNT_ID = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
/** An id of something that the platform has already. */
export const EXISTING_ID = "00112233445566778899aabbccddeeff";

/** A zone without example values. */
export function aZone(overrides: Partial<OwnedZone> = {}): OwnedZone {
  const zone = Zone.of("shop.dev", { id: ZONE_ID, account: ACCOUNT_ID, plan: CloudflarePlan.PRO });
  return { ...zone, ...overrides };
}

/** A complete environment without example values, so that it could be applied. */
export function anEnvironment(overrides: Partial<Environment> = {}): Environment {
  return {
    name: "shop",
    zone: aZone(),
    hosts: { "app.shop.dev": Origin.render("srv-c0ffee0c0ffee0c0ffee", "shop.onrender.com") },
    webhooks: [Webhook.meta("/webhooks/meta")],
    ...overrides,
  };
}

/** An environment that lives in the zone of another one. */
export function aGuest(name: string, owner: string, overrides: Partial<Environment> = {}): Environment {
  return {
    name,
    zone: Zone.carriedBy(owner),
    hosts: {
      [`${name}.shop.dev`]: Origin.render(
        `srv-0feed0${name.replaceAll("-", "0")}0000000000`,
        `shop-${name}.onrender.com`,
      ),
    },
    webhooks: [Webhook.meta("/webhooks/meta")],
    ...overrides,
  };
}
