import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** An edge, and what it guards. */
interface Guard {
  readonly edge: IConstruct;
  readonly zone: string;
  readonly hosts: readonly string[];
}

/** The attributes of the bindings' resources that matter here. */
interface Inputs {
  readonly zoneIdInput?: string;
  readonly nameInput?: string;
  readonly proxiedInput?: unknown;
}

const GUARDS = new WeakMap<IConstruct, Guard[]>();

/**
 * Fails the synth where a resource leads past the edge of a zone. A Spectrum application opens a port beside the
 * proxy's. An unproxied record of a host publishes the origin's own address. Resources of the edge's stack fail the
 * stack; those of other stacks fail the app, which looks for all its edges at once.
 *
 * @see https://developers.cloudflare.com/spectrum/
 * @see https://developers.cloudflare.com/dns/proxy-status/
 */
export function closeWaysPast(guard: Guard): void {
  const { edge } = guard;
  edge.node.addValidation({ validate: () => waysPast([guard], TerraformStack.of(edge)) });
  guardsOf(edge.node.root).push(guard);
}

/** The guards of an app, which asks for all of them at the end of its synth. */
function guardsOf(app: IConstruct): Guard[] {
  const known = GUARDS.get(app);
  if (known !== undefined) return known;
  const guards: Guard[] = [];
  GUARDS.set(app, guards);
  app.node.addValidation({ validate: () => waysPast(guards, app) });
  return guards;
}

function waysPast(guards: readonly Guard[], scope: IConstruct): string[] {
  const guarded = new Map(guards.map((guard) => [guard.zone, guard]));
  return scope.node
    .findAll()
    .filter(TerraformResource.isTerraformResource)
    .flatMap((resource) => {
      const guard = guarded.get((resource as Inputs).zoneIdInput ?? "");
      return guard === undefined ? [] : (wayPast(resource, guard) ?? []);
    });
}

function wayPast(resource: TerraformResource, { edge, hosts }: Guard): string | undefined {
  const { nameInput = "", proxiedInput } = resource as Inputs;
  const { path } = resource.node;
  const rules = `past the rules of ${edge.node.path}`;
  switch (resource.terraformResourceType) {
    case "cloudflare_spectrum_application":
      return `${path} opens a port of the zone ${rules}: PORTS-1 allows only 443 and 80; remove it`;
    case "cloudflare_dns_record":
      return hosts.includes(nameInput) && proxiedInput !== true
        ? `${path} is an unproxied record of ${nameInput}, ${rules}: set proxied to true, or remove it`
        : undefined;
    default:
      return undefined;
  }
}
