/**
 * The actions that the workflows use, each by the commit that its release tag names: a tag can be moved, a commit can't.
 *
 * `snyk/actions/setup` installs the exact CLI version below. The image actions of the same repository
 * (`snyk/actions/python`) run a moving Docker tag, even if they are pinned to a commit.
 */
export const ACTION_PINS = {
  checkout: "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
  "setup-python": "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0",
  "setup-snyk": "snyk/actions/setup@9adf32b1121593767fc3c057af55b55db032dc04 # v1.0.0",
  "upload-sarif": "github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2",
} as const;

/** Exact versions of the tools that the scan installs: https://github.com/snyk/cli/tags and https://pypi.org/project/uv. */
export const TOOL_VERSIONS = {
  snyk: "v1.1306.4",
  uv: "0.13.9",
  /** Used for a pip or uv manifest that names no Python version of its own. */
  python: "3.12",
} as const;

/** GitHub's image for every job: https://github.com/actions/runner-images. Its Node.js (20 or later) runs the programs. */
export const RUNNER_IMAGE = "ubuntu-24.04";
