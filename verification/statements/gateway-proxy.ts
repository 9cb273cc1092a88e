import { HostNotation } from "../../network/host-notation";
import type { ProxyEndpoint } from "../gateway/account";
import { nameOfValue } from "../terraform/value";
import { checkedAddresses } from "./dedicated-addresses";
import { asserted, controlAt, type Result, undecided, violated } from "../result";
import type { Scene } from "./scene";
import { type HeldWorkers, nothingElse } from "./gateway-workers";

/**
 * The endpoints that admit the workers, or may. One of the kind identity admits people who log in in a browser.
 *
 * @see https://developers.cloudflare.com/cloudflare-one/networks/resolvers-and-proxies/proxy-endpoints/
 */
function proxiesOf({ gateway, sources }: HeldWorkers): readonly ProxyEndpoint[] {
  return gateway.endpoints
    .filter(({ kind }) => kind !== "identity")
    .filter((endpoint) => endpoint.sources?.overlaps(sources) !== false);
}

/** A proxy admits exactly the workers' addresses, and it is checked that they are the workers'. */
export function admitsTheWorkers(workers: HeldWorkers, scene: Scene): readonly Result[] {
  const proxies = proxiesOf(workers);
  const checked = checkedAddresses(
    workers.dedicated,
    scene,
    proxies.map(({ resource }) => resource),
  );
  return [...(proxies.length === 0 ? [noProxy(workers)] : proxies.map((proxy) => admits(proxy, workers))), checked];
}

function admits({ resource, kind, sources, isOfAccount }: ProxyEndpoint, workers: HeldWorkers): Result {
  const at = controlAt(resource);
  if (sources === undefined) return undecided("it is unknown whom the endpoint admits", at);
  if (kind !== "ip") return undecided(`it is unknown how the endpoint of kind ${nameOfValue(kind)} admits`, at);
  if (!isOfAccount) return undecided("only the apply knows the account of the endpoint", at, "identity");
  const surplus = sources.difference(workers.sources);
  const missing = workers.sources.difference(sources);
  if (surplus.isEmpty && missing.isEmpty) return asserted([at]);
  const [wrong, what] = surplus.isEmpty
    ? [missing, "is a worker's address, and the workers' proxy doesn't admit it"]
    : [surplus, "is no worker's address, and the workers' proxy admits it"];
  return violated({
    counterexample: wrong.cidrs(HostNotation.BARE).slice(0, MOST_SHOWN),
    wrong: what,
    by: { ...at, pointer: `${at.pointer}/ips` },
    change: `let its ips be exactly ${workers.sources.cidrs(HostNotation.CLOUDFLARE_GATEWAY).join(", ")}`,
  });
}

const MOST_SHOWN = 3;

function noProxy({ sources }: HeldWorkers): Result {
  return violated({
    counterexample: sources.cidrs(HostNotation.BARE).slice(0, MOST_SHOWN),
    wrong: "reaches no proxy: no endpoint of the account admits it",
    change: "add a proxy endpoint of kind ip that admits exactly the workers' addresses, after its policies",
  });
}

/**
 * While the stacks are applied, a proxy is never there without the policies that hold its clients. One more block never
 * allows more, and one more allow never less. So the worst moment has every allow, and only those blocks that come
 * before the proxy.
 */
export function comesAfterItsPolicies(workers: HeldWorkers, { model }: Scene): readonly Result[] {
  const { network } = workers.gateway;
  return proxiesOf(workers).flatMap(({ resource: proxy }) => {
    const late = network.filter(({ action, resource }) => action === "block" && !model.isAfter(proxy, resource));
    if (late.length === 0) return asserted([controlAt(proxy)]);
    const names = late.map(({ name }) => `"${name}"`).join(", ");
    const worst = network.filter((policy) => !late.includes(policy));
    return nothingElse(workers).map((prove) =>
      prove(worst, () => ({
        wrong: `may be allowed while the proxy is there and ${names} isn't yet`,
        by: controlAt(proxy),
        change: `let the proxy depend on ${names}`,
      })),
    );
  });
}
