import { appOf } from "../../__tests__/verification/answers/diff/apps";
import { aZone, anEnvironment } from "../../__tests__/support/environments";
import { separateBlocks } from "../../__tests__/support/separate-blocks";
import { edgeZonesIn } from "../../__tests__/support/edge-zones";
import { synthesizedOnce } from "../../__tests__/support/synthesized-once";
import { environments } from "../../environments";
import { AddressSet } from "../../network/address-set";
import { parse } from "../../network/rules-language";
import { CloudflarePlan } from "../../policy/cloudflare-plan";
import { AddressPlacement } from "../../policy/edge-options";
import { Policy } from "../../policy/policy";
import { Webhook } from "../../policy/webhook";
import { diffReport } from "../../verification/answers/diff/report";
import { ports1 } from "../../verification/statements/ports-1";
import { ports2 } from "../../verification/statements/ports-2";
import { cpuTime } from "./cpu-time";

/** A measurement in a process of its own: the fastest of some runs, in milliseconds of processor time. */
interface Measured {
  readonly name: string;
  /** The milliseconds that it may take. */
  readonly limit: number;
  /** Makes the input of a run, unmeasured. */
  readonly prepare: () => () => unknown;
}

const ROUNDS = 5;

const octets = (index: number): readonly [number, number] => [(index * 7919) % 65_536, (index * 104_729) % 256];

/** Blocks of both families, many of which touch. */
const crowded = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => {
    const [high, low] = octets(index);
    return index % 3 === 0
      ? `2001:${high.toString(16)}:${low.toString(16)}::/48`
      : `${(high % 223) + 1}.${high >> 8}.${low}.0/24`;
  });

const shop = (senders: readonly string[]) =>
  anEnvironment({
    zone: aZone({ plan: CloudflarePlan.ENTERPRISE }),
    edge: { addresses: AddressPlacement.LIST },
    webhooks: [Webhook.from("/hooks/bench", "bench", senders)],
  });

const MEASURED: readonly Measured[] = [
  {
    name: "merge 100,000 blocks",
    limit: 1_000,
    prepare: () => {
      const blocks = crowded(100_000);
      return () => AddressSet.of("many", blocks).isEmpty;
    },
  },
  {
    name: "parse 1,500 CIDR blocks",
    limit: 60,
    prepare: () => {
      const blocks = Array.from({ length: 1_500 }, (_, index) => `10.${index >> 6}.${(index & 63) * 4}.0/22`);
      const source = `ip.src in {${blocks.join(" ")}}`;
      return () => parse(source);
    },
  },
  {
    name: "prove the ports of the shipped edges",
    limit: 100,
    prepare: () => {
      const { stacks } = synthesizedOnce(environments);
      const edges = Policy.across(environments).flatMap((policy) =>
        edgeZonesIn(stacks[policy.name] ?? {}).map((zone) => ({ zone, edge: policy.edge })),
      );
      return () => edges.map(({ zone, edge }) => [ports1, ports2].map((statement) => statement(zone, edge)));
    },
  },
  {
    name: "compare two policies of 3,000 blocks",
    limit: 250,
    prepare: () => {
      const blocks = separateBlocks(3_000);
      const [old, changed] = [shop(blocks), shop([...blocks.slice(5), "198.51.100.0/24"])];
      // An unchanged app keeps all that was found out about it; a change that changes nothing makes another app.
      return () => diffReport({ before: appOf([old], () => undefined), after: appOf([changed], () => undefined) });
    },
  },
];

for (const { name, limit, prepare } of MEASURED) {
  const run = prepare();
  const times = Array.from({ length: ROUNDS }, () => cpuTime(() => void run()));
  const fastest = Math.min(...times);
  console.log(`${name}: ${fastest.toFixed(0)} ms cpu (${fastest <= limit ? "within" : "OVER"} ${String(limit)})`);
}
