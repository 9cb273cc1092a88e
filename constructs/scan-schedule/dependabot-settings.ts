import { RepositoryDependabotSecurityUpdates } from "@cdktf/provider-github/lib/repository-dependabot-security-updates";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { nameIn } from "./existing-repository";
import { ProviderFeature, providerHas } from "./provider-feature";

/**
 * Dependabot's alerts and, after them, its security updates of every severity.
 *
 * GitHub opens security updates for what alerts report, so alerts come first. The provider before 6.12.0 has them only as part
 * of the whole repository, whose other settings aren't this construct's: there they are left out, and have to be on already.
 *
 * @see https://docs.github.com/en/code-security/dependabot/dependabot-security-updates/configuring-dependabot-security-updates
 */
export class DependabotSettings extends Construct {
  public constructor(scope: Construct, id: string, repository: string, providerVersion: string) {
    super(scope, id);
    const alerts = providerHas(providerVersion, ProviderFeature.VULNERABILITY_ALERTS) ? [this.alerts(repository)] : [];
    new RepositoryDependabotSecurityUpdates(this, "SecurityUpdates", {
      repository: nameIn(repository),
      enabled: true,
      ...(alerts.length === 0 ? {} : { dependsOn: alerts }),
    });
  }

  /** The bindings, made for 6.9.0, don't know the resource. */
  private alerts(repository: string): TerraformResource {
    const alerts = new TerraformResource(this, "Alerts", {
      terraformResourceType: "github_repository_vulnerability_alerts",
      terraformGeneratorMetadata: { providerName: "github" },
    });
    alerts.addOverride("repository", nameIn(repository));
    alerts.addOverride("enabled", true);
    return alerts;
  }
}
