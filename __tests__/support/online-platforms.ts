import { type Clients, clientsOf } from "../../operations/platforms/clients";
import { type Timing, TIMING } from "../../operations/platforms/exchange";
import { Platforms } from "../../rehearsal/platforms";
import { VirtualClock } from "../../rehearsal/virtual-clock";

/** Platforms on loopback are asked again at once, and may take as long for an answer as real ones. */
const quickToAskAgain = (): Timing => ({ ...TIMING, attempts: 3, clock: new VirtualClock() });

/** Stand-ins of the platforms that this project's own clients talk to. */
export class OnlinePlatforms extends Platforms {
  public override get variables(): Readonly<Record<string, string>> {
    return { ...super.variables, GH_TOKEN: this.github.deployToken };
  }

  /** Clients with the credentials of the stand-ins, or with others. */
  public clients(variables: Readonly<Record<string, string | undefined>> = {}): Clients {
    return clientsOf({ ...this.variables, ...variables }, quickToAskAgain());
  }

  /** Everything that was asked, as method and path. */
  public get asked(): readonly string[] {
    return this.all.flatMap(({ arrivals }) => arrivals).map(({ method, path }) => `${method} ${path}`);
  }
}
