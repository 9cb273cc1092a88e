import { z } from "zod";
import { members } from "./members";
import { hostIn, id, literal, object } from "./shapes";

/** Where a public host's requests go behind the edge: a web service on Render. */
export interface Origin {
  readonly platform: "render";
  /** The service's id, `srv-...`, or a reference. */
  readonly service: string;
  /** The service's onrender.com name, which the DNS record points to. */
  readonly address: string;
}

export const originSchema = object(
  {
    platform: z.literal("render", { error: "an origin made by Origin.render(service, address)" }),
    service: id(/^srv-[a-z0-9]{10,40}$/, "the id of a Render service, srv-..."),
    address: literal(
      /^[a-z0-9-]+\.onrender\.com$/,
      "the service's own name under onrender.com, such as example.onrender.com",
      hostIn,
    ),
  },
  "an origin made by Origin.render(service, address)",
);

export const Origin = members("Origin", {
  /**
   * A web service on Render.
   *
   * @param service its id, `srv-...`
   * @param address its name under onrender.com
   */
  render(service: string, address: string): Origin {
    return { platform: "render", service, address };
  },
});
