import { AddressFeed } from "./address-feed";
import document from "./cloudflare.json";

/**
 * Cloudflare's official ranges: the addresses from which its edge reaches an origin, as its own API lists them
 * (https://developers.cloudflare.com/api/resources/ips).
 *
 * Every customer of Cloudflare shares them: an origin that admits them admits requests through the zones of all customers.
 */
export const CLOUDFLARE = AddressFeed.of("cloudflare", document);
