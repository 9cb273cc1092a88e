import { type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { InvalidInput } from "../../errors/invalid-input";
import { EdgePhase } from "../../policy/edge-phase";
import { type EdgePolicy, edgePolicyProblems } from "../../policy/slices";
import { Claims } from "../claims";
import { warnUnlessProven } from "../unproven";
import { AddressList } from "./address-list";
import { edgeClaims, edgePlan } from "./edge-plan";
import { listProblems, expressionProblems, ruleCountProblems } from "./limits";
import { EdgeSecret } from "./origin-secret";
import { closeWaysPast } from "./ways-past";
import { HostRecord, PhaseRuleset, UrlNormalisation, ZoneSetting } from "./zone-resources";

/** The slice of a policy that an edge is built from: `policy.edge`. */
export type EdgeFirewallProps = EdgePolicy;

/**
 * The edge of a Cloudflare zone: PORTS-1, PORTS-2, HOOK-1 and the edge's part of WEB-1, for every environment that lives
 * in the zone.
 *
 *     request ─▶ normalised URL ─▶ 80: redirect ─▶ only HTTPS on 443 ─▶ webhooks: only their sender ─▶ + secret ─▶ origin
 *
 * It owns the zone's settings named here and one ruleset per phase. Rules of other teams in those phases come in as
 * `otherRules`, or the deploy deletes them. A host becomes public (its DNS record is written) only when everything else
 * is in force.
 *
 * A zone may have other owners of some parts. `leave` leaves those parts to them, and lowers their statements by name.
 * It needs a Cloudflare provider in the stack and creates none.
 */
export class EdgeFirewall extends Construct {
  /** The DNS records of the hosts. A construct that closes another way to the origin comes after them. */
  public readonly records: readonly ITerraformDependable[];

  /**
   * A synth fails where a resource of the app leads past the edge. Such a resource is a Spectrum application of the
   * zone, or an unproxied record of a host.
   *
   * @throws {InvalidInput} naming every problem with the props, every limit of the plan that the rules exceed, or every
   * part that another construct of the app owns already
   */
  public constructor(scope: Construct, id: string, props: EdgeFirewallProps) {
    super(scope, id);
    const { path } = this.node;
    InvalidInput.throwIfAny(path, edgePolicyProblems(props));
    const { zone, otherRules = [], existing = {} } = props;
    const plan = edgePlan(props);
    warnUnlessProven(this);
    Claims.of(this).take(this, edgeClaims(zone, TerraformStack.of(this).node.path, plan));

    const secrets = new Map(plan.secrets.map((name) => [name, new EdgeSecret(this, `Secret-${name}`, name)]));
    const secret = (environment: string): string => secrets.get(environment)?.value ?? "";
    const rules = [...plan.parts.flatMap((part) => part.rules({ ...plan.context, secret })), ...otherRules];
    InvalidInput.throwIfAny(path, [
      ...expressionProblems(zone, rules),
      ...ruleCountProblems(zone, rules),
      ...listProblems(this, zone, plan.lists),
    ]);

    const lists = plan.lists.map(
      ({ name, addresses }) => new AddressList(this, `List-${name}`, { account: zone.account, name, addresses }),
    );
    const rulesets = Object.values(EdgePhase)
      .map((phase) => ({ phase, rules: rules.filter((rule) => rule.phase === phase) }))
      .filter(({ rules }) => rules.length > 0)
      .map(
        ({ phase, rules }) =>
          new PhaseRuleset(this, `Rules-${phase}`, {
            zone: zone.id,
            phase,
            rules,
            dependsOn: phase === EdgePhase.CUSTOM ? resources(lists) : [],
            preconditions:
              phase === EdgePhase.LATE_TRANSFORM ? [...secrets.values()].map(({ precondition }) => precondition) : [],
            existing: existing.rulesets?.[phase],
          }),
      );
    const settings = plan.settings.map((setting) => new ZoneSetting(this, `Setting-${setting.id}`, zone.id, setting));
    const normalisation = plan.normalises ? [new UrlNormalisation(this, "Normalisation", zone.id)] : [];
    const hosts = props.tenants.flatMap((tenant) => Object.keys(tenant.hosts));
    closeWaysPast({ edge: this, zone: zone.id, hosts });
    this.records = resources(
      plan.hosts.map(
        ({ host, origin }) =>
          new HostRecord(this, `Record-${host}`, {
            zone: zone.id,
            host,
            origin,
            dependsOn: resources([...rulesets, ...settings, ...normalisation]),
            existing: existing.records?.[host],
          }),
      ),
    );
  }
}

function resources(constructs: readonly { readonly resource: ITerraformDependable }[]): ITerraformDependable[] {
  return constructs.map(({ resource }) => resource);
}
