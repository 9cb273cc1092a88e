/** What stands in a resource for Terraform, not for the provider. `provider`, `count` and `for_each` change what it means. */
export const META_ARGUMENTS: ReadonlySet<string> = new Set([
  "//",
  ...["count", "for_each", "depends_on", "lifecycle", "provider", "provisioner", "connection"],
]);
