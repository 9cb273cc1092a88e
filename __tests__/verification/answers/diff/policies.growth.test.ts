import { CloudflarePlan } from "../../../../policy/cloudflare-plan";
import { AddressPlacement } from "../../../../policy/edge-options";
import { Webhook } from "../../../../policy/webhook";
import { diffReport } from "../../../../verification/answers/diff/report";
import { callsOf } from "../../../support/calls";
import { anEnvironment, aZone } from "../../../support/environments";
import { separateBlocks } from "../../../support/separate-blocks";
import { appOf } from "./apps";

const shop = (senders: readonly string[]) =>
  anEnvironment({
    zone: aZone({ plan: CloudflarePlan.ENTERPRISE }),
    edge: { addresses: AddressPlacement.LIST },
    webhooks: [Webhook.from("/hooks/bench", "bench", senders)],
  });

test("policies of three times as many blocks are compared with three times as many calls", () => {
  const calls = (count: number): number => {
    const own = separateBlocks(count);
    // An app keeps all that was read of it, so each call makes a new one.
    const [before, after] = [appOf([shop(own)]), appOf([shop([...own.slice(5), "198.51.100.0/24"])])];
    return callsOf(() => void diffReport({ before, after }));
  };
  calls(100); // Until then, some tables aren't made.
  expect(calls(1_500) / calls(500)).toBeLessThan(4);
});
