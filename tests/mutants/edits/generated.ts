import type { JsonTree } from "../folder";
import { ACCOUNT, type Edit, json, merge } from "./edit";

/** Values that a provider makes, or hands out, and keeps secret. */
const SECRETS: Readonly<Record<string, JsonTree>> = {
  "random_password.Own.result": { resource: { random_password: { Own: { length: 32 } } } },
  "random_password.Own.bcrypt_hash": { resource: { random_password: { Own: { length: 32 } } } },
  "random_bytes.Own.hex": { resource: { random_bytes: { Own: { length: 32 } } } },
  "random_bytes.Own.base64": { resource: { random_bytes: { Own: { length: 32 } } } },
  "tls_private_key.Own.private_key_pem": { resource: { tls_private_key: { Own: { algorithm: "RSA" } } } },
  "tls_private_key.Own.private_key_openssh": { resource: { tls_private_key: { Own: { algorithm: "RSA" } } } },
  "jsonencode(tls_private_key.Own)": { resource: { tls_private_key: { Own: { algorithm: "RSA" } } } },
  "data.github_actions_registration_token.Own.token": {
    data: { github_actions_registration_token: { Own: { repository: "api" } } },
  },
  "data.github_actions_organization_registration_token.Own.token": {
    data: { github_actions_organization_registration_token: { Own: {} } },
  },
};

/** Places that show what stands in them. */
const SINKS: Readonly<Record<string, (value: string) => JsonTree>> = {
  "an output": (value) => ({ output: { own: { value } } }),
  "an issue": (value) => ({ resource: { github_issue: { Own: { repository: "api", title: "x", body: value } } } }),
};

const withProviders = (stack: JsonTree): void =>
  merge(stack, {
    terraform: {
      required_providers: {
        random: { source: "hashicorp/random", version: "3.7.2" },
        tls: { source: "hashicorp/tls", version: "4.1.0" },
      },
    },
  });

const writing = (what: string, why: string, ...members: readonly JsonTree[]): Edit =>
  json(what, why, (stack) => {
    withProviders(stack);
    for (const each of members) merge(stack, structuredClone(each));
  });

export const GENERATED: readonly Edit[] = [
  ...Object.entries(SECRETS).flatMap(([secret, needed]) =>
    Object.entries(SINKS).map(([sink, write]) =>
      writing(`write \${${secret}} into ${sink}`, "others read the secret there", needed, write(`\${${secret}}`)),
    ),
  ),
  ...["random_other", "tls_other", "tls_encrypted_pem"].map((type) =>
    writing(`add ${type}`, "a type that isn't known may show a secret", { resource: { [type]: { Own: {} } } }),
  ),
  writing("ask for another data of tls", "it may show a secret", { data: { tls_other: { Own: {} } } }),
];

const KEY: JsonTree = { resource: { tls_private_key: { Own: { algorithm: "RSA" } } } };
const REQUEST: JsonTree = {
  resource: {
    tls_cert_request: {
      Own: { private_key_pem: "${tls_private_key.Own.private_key_pem}", dns_names: ["example.com"] },
    },
  },
};

export const HARMLESS_GENERATED: readonly Edit[] = [
  writing("ask Cloudflare for a certificate of a key", "the request shows nothing of the key", KEY, REQUEST, {
    resource: {
      cloudflare_origin_ca_certificate: {
        Own: {
          csr: "${tls_cert_request.Own.cert_request_pem}",
          hostnames: ["example.com"],
          request_type: "origin-rsa",
        },
      },
    },
  }),
  writing("hand a certificate with its key to Cloudflare", "the key goes where a key belongs", KEY, {
    resource: {
      tls_self_signed_cert: {
        Own: {
          private_key_pem: "${tls_private_key.Own.private_key_pem}",
          allowed_uses: ["client_auth"],
          validity_period_hours: 8_760,
        },
      },
      cloudflare_mtls_certificate: {
        Own: {
          account_id: ACCOUNT,
          ca: true,
          certificates: "${tls_self_signed_cert.Own.cert_pem}",
          private_key: "${tls_private_key.Own.private_key_pem}",
        },
      },
    },
  }),
  writing("show a public key", "a public key is for the public", KEY, {
    output: { key: { value: "${tls_private_key.Own.public_key_openssh}" } },
  }),
  writing("keep a password as a secret of a repository", "its people can't read it", {
    resource: {
      random_password: { Own: { length: 32 } },
      github_actions_secret: {
        Own: { repository: "api", secret_name: "SESSION_KEY", value: "${random_password.Own.result}" },
      },
    },
  }),
  writing("name a bucket by chance", "an id that isn't secret by its schema", {
    resource: {
      random_id: { Own: { byte_length: 4 } },
      cloudflare_r2_bucket: { Own: { account_id: ACCOUNT, name: "reports-${random_id.Own.hex}" } },
    },
  }),
];
