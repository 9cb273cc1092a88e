/**
 * The functions that return nothing but what they make of their arguments, of the clock or of chance. The others read files, or
 * are a provider's.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
export const SAFE_FUNCTIONS: ReadonlySet<string> = new Set(
  `
  abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 basename bcrypt
  can ceil chomp chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat
  contains csvdecode dirname distinct element endswith ephemeralasnull fileexists flatten floor format
  formatdate formatlist indent index issensitive join jsondecode jsonencode keys length log lookup lower
  matchkeys max md5 merge min nonsensitive one parseint pathexpand plantimestamp pow range regex regexall
  replace reverse rsadecrypt sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512
  signum slice sort split startswith strcontains strrev substr sum textdecodebase64 textencodebase64 timeadd
  timecmp timestamp title tobool tolist tomap tonumber toset tostring transpose trim trimprefix trimspace
  trimsuffix try upper urlencode uuid uuidv5 values yamldecode yamlencode zipmap
`
    .trim()
    .split(/\s+/),
);
