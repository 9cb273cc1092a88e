/** The values that a backend may be given, by its members. */
type Members = Readonly<Record<string, RegExp>>;

const ANY = /^/;
const any = (...names: readonly string[]): Members => Object.fromEntries(names.map((name) => [name, ANY]));

const HCP = { hostname: /^app\.(?:eu\.)?terraform\.io$/, ...any("organization", "workspaces") };
const GITLAB = /^https:\/\/gitlab\.com\/api\/v4\/projects\/[\w%.-]+\/terraform\/state\/[\w.-]+(?:\/lock)?$/;

/**
 * The backends that keep a state where only credentials lead to it, with the members that change nothing of that. A credential
 * comes from the environment: in the JSON it would be written down.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend
 */
const BACKENDS: Readonly<Record<string, Members>> = {
  /** Beside `cdktf.json`, or in the stack's folder; cdktf's default is a whole path of `terraform.<stack>.tfstate`. */
  local: { path: /^(?:(?:\.\.\/\.\.\/\.\.\/)?[\w-][\w.-]*|\/(?:[^/]+\/)*terraform\.[\w-]+\.tfstate)$/ },
  s3: {
    acl: /^(?:private|bucket-owner-read|bucket-owner-full-control)$/,
    ...any(
      "bucket",
      "key",
      "region",
      "workspace_key_prefix",
      "encrypt",
      "kms_key_id",
      "use_lockfile",
      "dynamodb_table",
    ),
    ...any("assume_role", "role_arn", "external_id", "session_name", "profile", "max_retries", "retry_mode"),
    ...any("allowed_account_ids", "forbidden_account_ids", "sts_region", "use_fips_endpoint", "use_dualstack_endpoint"),
  },
  gcs: any("bucket", "prefix", "impersonate_service_account", "kms_encryption_key"),
  azurerm: {
    ...any("storage_account_name", "container_name", "key", "resource_group_name", "subscription_id", "tenant_id"),
    ...any("client_id", "use_azuread_auth", "use_oidc", "use_msi", "use_cli", "use_aks_workload_identity", "snapshot"),
  },
  pg: any("schema_name", "skip_schema_creation", "skip_table_creation", "skip_index_creation"),
  remote: HCP,
  cloud: HCP,
  /** GitLab's. Terraform asks any other server for a state, and it is unknown whom that server answers. */
  http: {
    ...{ address: GITLAB, lock_address: GITLAB, unlock_address: GITLAB },
    ...any(
      "lock_method",
      "unlock_method",
      "update_method",
      "username",
      "retry_max",
      "retry_wait_min",
      "retry_wait_max",
    ),
  },
};

/** Where the state is lost with the machine, or with the folder. Terraform takes a local file where no backend is named. */
export const isLocalState = (backend: string | undefined): boolean => backend === undefined || backend === "local";

/**
 * The members by which a backend may keep the state where others can read it.
 *
 * @param backend its type, or `cloud` for that block
 * @param told its settings
 * @returns none where only credentials lead to the state; undefined where the backend isn't known
 */
export function openMembersOf(backend: string, told: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const known = Object.hasOwn(BACKENDS, backend) ? BACKENDS[backend] : undefined;
  if (known === undefined) return undefined;
  const isOpen = (member: string, value: unknown): boolean => {
    const form = Object.hasOwn(known, member) ? known[member] : undefined;
    return value !== null && (form === undefined || (form !== ANY && !(typeof value === "string" && form.test(value))));
  };
  return Object.entries(told).flatMap(([member, value]) => (isOpen(member, value) ? [member] : []));
}
