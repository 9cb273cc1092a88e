import { type Clients, clientsOf } from "../../operations/platforms/clients";
import { type Timing, TIMING } from "../../operations/platforms/exchange";
import { Platforms } from "../../rehearsal/platforms";

/** Platforms on loopback are asked again at once, and may take as long for an answer as real ones. */
const QUICK_TO_ASK_AGAIN: Timing = { ...TIMING, attempts: 3, backoff: 1, longestWait: 1_100 };
/** Where an answer never comes. */
export const IMPATIENT: Timing = { ...QUICK_TO_ASK_AGAIN, request: 300 };

/** Stand-ins of the platforms that this project's own clients talk to. */
export class OnlinePlatforms extends Platforms {
  /** Clients with the credentials of the stand-ins, or with others. */
  public clients(variables: Readonly<Record<string, string | undefined>> = {}): Clients {
    return clientsOf({ ...this.variables, ...variables }, QUICK_TO_ASK_AGAIN);
  }

  /** Everything that was asked, as method and path. */
  public get asked(): readonly string[] {
    return this.all.flatMap(({ arrivals }) => arrivals).map(({ method, path }) => `${method} ${path}`);
  }
}
