import { TerraformElement, type TerraformResource } from "cdktf";

/**
 * Takes over what exists on the platform as a resource, when the plan is applied.
 *
 * The bindings' own `importFrom` runs `terraform version` at synth, which has to work without Terraform.
 *
 * @see https://developer.hashicorp.com/terraform/language/import (Terraform 1.5 or newer)
 */
export class ImportBlock extends TerraformElement {
  public constructor(
    private readonly resource: TerraformResource,
    /** The id by which the provider imports it. */
    private readonly importId: string,
  ) {
    super(resource, "Import");
  }

  public override toTerraform(): object {
    const { terraformResourceType, friendlyUniqueId } = this.resource;
    return { import: [{ to: `${terraformResourceType}.${friendlyUniqueId}`, id: this.importId }] };
  }
}
