import { InvalidInput } from "../../errors/invalid-input";
import { AddressSet } from "../address-set";
import { type FeedDocument, problemsWithFeed } from "./feed-document";

/** Where the addresses of a feed come from. */
export type Provenance = Omit<FeedDocument, "ipv4" | "ipv6">;

/** The addresses of an autonomous system, as committed, with where they come from. */
export class AddressFeed {
  private constructor(
    /** The addresses, under the feed's name. */
    public readonly addresses: AddressSet,
    /** Where they come from, and when they were compiled. */
    public readonly provenance: Provenance,
  ) {
    Object.freeze(this);
  }

  /**
   * Reads a committed feed.
   *
   * @param name the name of the address set
   * @param document the feed's JSON
   * @throws InvalidInput when a field is missing or wrong, when the prefixes are not the fewest blocks in numeric order, when
   *   they hold an address that can't be the source of a request from the internet, or when their count or hash is another
   */
  public static of(name: string, document: unknown): AddressFeed {
    InvalidInput.throwIfAny(`address feed "${name}"`, problemsWithFeed(document));
    const { ipv4, ipv6, ...provenance } = document as FeedDocument;
    return new AddressFeed(AddressSet.of(name, [...ipv4, ...ipv6]), Object.freeze(provenance));
  }
}
