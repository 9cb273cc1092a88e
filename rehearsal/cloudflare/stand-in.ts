import type { ExistingEdge } from "../../policy/edge-options";
import { type Answer, type Asked, type Call, type Routes, StandIn } from "../server";
import { ACCOUNT } from "./account";
import { answered, ApiRefusal, type ApiResult, pageOf } from "./api";
import { DNS_RECORDS, recordOf } from "./dns-records";
import { type Account, emptyAccount, emptyZone, type Estate, STAMP, type Zone, type ZoneFacts } from "./estate";
import { RULESETS } from "./rulesets";
import { described, ZONE } from "./zone";

const PREFIX = "/client/v4/";

/**
 * Cloudflare's API v4, as far as the stacks and the inventory ask it. A member of a body that the provider's schema doesn't
 * have is refused.
 *
 * Source: https://developers.cloudflare.com/api/ and the provider's calls
 * (https://github.com/cloudflare/terraform-provider-cloudflare/tree/v5.22.0/internal/services).
 */
export class CloudflareStandIn extends StandIn implements Estate {
  /** A token of the form that the provider demands; every other one is refused. */
  public readonly token = "stand-in-token-0123456789-0123456789-012";
  /** The zones that the token reaches, by their ids. */
  public readonly zones = new Map<string, Zone>();
  private readonly accounts = new Map<string, Account>();
  /** The state of the token, by the platform's word. */
  public tokenStatus = "active";
  /** Whether the token may read tokens, its own included. */
  public tokenReadsTokens = false;
  private issued = 0;

  /** Starts one that knows these zones and the accounts that own them. */
  public static start(zones: readonly ZoneFacts[]): Promise<CloudflareStandIn> {
    const standIn = new CloudflareStandIn();
    for (const zone of zones) standIn.add(zone);
    return standIn.listen();
  }

  /** Adds a zone, unless it is there, with rulesets and records that it has already. */
  public add(facts: ZoneFacts, { rulesets = {}, records = {} }: ExistingEdge = {}): void {
    if (!this.accounts.has(facts.account)) this.accounts.set(facts.account, emptyAccount(facts.account));
    if (this.zones.has(facts.id)) return;
    const zone = emptyZone(facts);
    this.zones.set(facts.id, zone);
    for (const [phase, { id, name = "default" }] of Object.entries(rulesets))
      zone.rulesets.set(id, { id, name, phase, kind: "zone", version: "1", last_updated: STAMP, rules: [] });
    for (const [name, id] of Object.entries(records))
      zone.records.set(id, recordOf(zone, id, { name, type: "CNAME", content: `before.${name}`, proxied: true }));
  }

  public get environment(): Readonly<Record<string, string>> {
    return { CLOUDFLARE_BASE_URL: `${this.address}/client/v4`, CLOUDFLARE_API_TOKEN: this.token };
  }

  public readonly zone = (id: string): Zone => found(this.zones.get(id), `/zones/${id}`);
  public readonly account = (id: string): Account => found(this.accounts.get(id), `/accounts/${id}`);
  public readonly newId = (): string => (this.issued += 1).toString(16).padStart(32, "f0");

  protected pathOf({ pathname }: URL): string {
    return pathname.replace(PREFIX, "");
  }

  protected answer(call: Call, asked: Omit<Asked, "params">, authorization: string): Answer {
    try {
      if (authorization !== `Bearer ${this.token}`) throw new ApiRefusal(403, 10000, "Authentication error");
      const { result, resultInfo } = this.judged(call, asked);
      const paging = resultInfo === undefined ? {} : { result_info: resultInfo };
      return { status: 200, body: { result, success: true, errors: [], messages: [], ...paging } };
    } catch (error) {
      const { status, code, message } =
        error instanceof ApiRefusal ? error : new ApiRefusal(400, 1000, `the stand-in: ${String(error)}`);
      return { status, body: { result: null, success: false, errors: [{ code, message }], messages: [] } };
    }
  }

  private judged({ method, path }: Call, asked: Omit<Asked, "params">): ApiResult {
    const [kind, id = "", ...rest] = path.split("/");
    const below = { method, path: rest.join("/") };
    if (kind === "accounts") return answered(ACCOUNT, below, { ...asked, estate: this, account: this.account(id) });
    if (kind === "zones" && rest.length > 0)
      return answered(OF_A_ZONE, below, { ...asked, estate: this, zone: this.zone(id) });
    return answered(this.routes, { method, path }, asked);
  }

  private readonly routes: Routes<ApiResult> = {
    "GET zones": ({ query }) => pageOf([...this.zones.values()].map(described), query),
    "GET zones/:zone": ({ params }) => ({ result: described(this.zone(params["zone"] ?? "")) }),
    "GET user/tokens/verify": () => ({ result: { id: "ed17574386854bf78a67040be0a770b0", status: this.tokenStatus } }),
    "GET user/tokens/:id": ({ params }) => {
      if (this.tokenReadsTokens) return { result: { id: params["id"], name: "deploy", status: "active" } };
      throw new ApiRefusal(403, 9109, "Unauthorized to access requested resource");
    },
  };
}

const OF_A_ZONE = { ...RULESETS, ...ZONE, ...DNS_RECORDS };

function found<T>(object: T | undefined, path: string): T {
  if (object !== undefined) return object;
  throw new ApiRefusal(404, 7003, `Could not route to ${path}, perhaps your object identifier is invalid?`);
}
