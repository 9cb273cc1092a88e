/**
 * The functions that return nothing but what they make of their arguments, of the clock or of chance. The others read files, or
 * are a provider's.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
export const SAFE_FUNCTIONS: ReadonlySet<string> = new Set([
  ...["abs", "ceil", "floor", "log", "max", "min", "parseint", "pow", "signum", "sum"],
  ...["chomp", "endswith", "format", "formatlist", "indent", "join", "lower", "regex", "regexall", "replace", "split"],
  ...["startswith", "strcontains", "strrev", "substr", "title", "trim", "trimprefix", "trimspace", "trimsuffix"],
  ...["upper", "alltrue", "anytrue", "chunklist", "coalesce", "coalescelist", "compact", "concat", "contains"],
  ...[
    "distinct",
    "element",
    "flatten",
    "index",
    "keys",
    "length",
    "list",
    "lookup",
    "map",
    "matchkeys",
    "merge",
    "one",
  ],
  ...["range", "reverse", "setintersection", "setproduct", "setsubtract", "setunion", "slice", "sort", "transpose"],
  ...["values", "zipmap", "base64decode", "base64encode", "base64gzip", "csvdecode", "jsondecode", "jsonencode"],
  ...["textdecodebase64", "textencodebase64", "urlencode", "yamldecode", "yamlencode", "abspath", "basename"],
  ...["dirname", "pathexpand", "fileexists", "formatdate", "plantimestamp", "timeadd", "timecmp", "timestamp"],
  ...["base64sha256", "base64sha512", "bcrypt", "md5", "rsadecrypt", "sha1", "sha256", "sha512", "uuid", "uuidv5"],
  ...["cidrhost", "cidrnetmask", "cidrsubnet", "cidrsubnets", "can", "defaults", "ephemeralasnull", "issensitive"],
  ...["nonsensitive", "sensitive", "tobool", "tolist", "tomap", "tonumber", "toset", "tostring", "try", "type"],
]);
