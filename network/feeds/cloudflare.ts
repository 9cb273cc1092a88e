import { AddressFeed } from "./address-feed";
import document from "./cloudflare.json";

/**
 * Cloudflare's official ranges: the addresses from which its edge reaches an origin, as its own API lists them
 * (https://developers.cloudflare.com/api/resources/ips).
 *
 * They are everybody's who uses Cloudflare: an origin that admits them has not yet admitted only one's own zone.
 */
export const CLOUDFLARE = AddressFeed.of("cloudflare", document);
