import { AddressFeed } from "./address-feed";
import document from "./as32934.json";

/**
 * Meta's official ranges, the senders of its webhooks: what AS32934 announces.
 *
 * It is AS32934 alone, because Meta's documentation of webhooks names no other autonomous system in its query for an
 * allow list (`whois -h whois.radb.net -- '-i origin AS32934'`):
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview Public lists of
 * "Facebook's" addresses (such as github.com/lord-alfred/ipranges) also hold AS63293 (its caches inside other
 * providers' networks), AS54115 (its corporate network) and AS149642. None of them sends webhooks, so letting them in
 * would only widen the door.
 *
 * A prefix that is registered but not announced can't be a working source, and one that is announced but not registered may be
 * hijacked. So an address enters when that query and an independent feed of announced prefixes (github.com/ipverse/as-ip-blocks,
 * as/32934/aggregated.json) both have it: see docs/addresses.md.
 *
 * Meta changes its addresses from time to time: the provenance says how old these are, and the same documentation suggests mTLS
 * beside an allow-list.
 */
export const META = AddressFeed.of("meta", document);
