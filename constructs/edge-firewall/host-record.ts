import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Origin } from "../../policy/origin";
import { ImportBlock } from "../import-block";

export interface HostRecordProps {
  readonly zone: string;
  readonly host: string;
  readonly origin: Origin;
  /** Everything that must be in force before the host is public. */
  readonly dependsOn: ITerraformDependable[];
  /** @default - the record is created */
  readonly existing?: string | undefined;
}

/**
 * The DNS record that makes a host public, proxied so that every request meets the rules.
 *
 * @see https://developers.cloudflare.com/dns/proxy-status/
 */
export class HostRecord extends Construct {
  public readonly resource: DnsRecord;

  public constructor(scope: Construct, id: string, { zone, host, origin, dependsOn, existing }: HostRecordProps) {
    super(scope, id);
    this.resource = new DnsRecord(this, "Resource", {
      zoneId: zone,
      name: host,
      type: "CNAME",
      content: origin.address,
      proxied: true,
      // 1 is "automatic", the only value of a proxied record.
      ttl: 1,
      dependsOn,
    });
    if (existing !== undefined) new ImportBlock(this.resource, `${zone}/${existing}`);
  }
}
