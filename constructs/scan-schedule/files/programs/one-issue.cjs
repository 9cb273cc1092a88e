// Managed by Terraform (ScanSchedule): the next apply overwrites what is changed here.
"use strict";

/*
 * Keeps one issue for a condition. It opens the issue when the condition begins, tells of a change in it, and closes it
 * when the condition has ended. Run again, it changes nothing.
 *
 * Environment: ISSUE_OPEN is "true" while the condition holds. ISSUE_MARKER tells this issue from others. ISSUE_TITLE
 * is its title; ISSUE_BODY_FILE or ISSUE_BODY is its text. With ISSUE_REPLACE_BODY "true" the text of an open issue
 * follows it; else the text stays, so that people can tick its boxes. ISSUE_COMMENT is said on a change and on closing.
 * GITHUB_TOKEN needs `issues: write`. The runner sets GITHUB_API_URL and GITHUB_REPOSITORY.
 */

const { readFileSync } = require("node:fs");

const { env } = process;
const AUTHOR = "github-actions[bot]";
const PAGE = 100;
const marker = `<!-- scan-schedule:${env.ISSUE_MARKER} -->`;

async function github(method, path, body) {
  const response = await fetch(`${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}/${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${env.GITHUB_TOKEN}`,
      "content-type": "application/json",
      "x-github-api-version": "2022-11-28",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}`);
  return response.json();
}

/**
 * The open issue with the marker. It is read from the list, since the index of the search lags behind. An issue that
 * somebody else wrote doesn't count, or a stranger could take the place of the warning.
 */
async function openIssue() {
  const ours = ({ user, body }) => user?.login === AUTHOR && body?.includes(marker);
  for (let page = 1; ; page += 1) {
    const issues = await github("GET", `issues?state=open&per_page=${PAGE}&page=${page}`);
    const found = issues.find(ours);
    if (found !== undefined || issues.length < PAGE) return found;
  }
}

const text = () => (env.ISSUE_BODY_FILE ? readFileSync(env.ISSUE_BODY_FILE, "utf8") : (env.ISSUE_BODY ?? ""));
const bodyNow = () => `${text()}\n\n${marker}\n`;
// Space that is kept in another way is no change to tell of.
const plain = (body) => body.replaceAll("\r\n", "\n").trim();
const comment = (number) => github("POST", `issues/${number}/comments`, { body: env.ISSUE_COMMENT });

/** The members of an open issue that have to change; none if it says so already. */
function changesOf({ title, body }) {
  const isReplaced = env.ISSUE_REPLACE_BODY === "true" && plain(body) !== plain(bodyNow());
  return {
    ...(title === env.ISSUE_TITLE ? {} : { title: env.ISSUE_TITLE }),
    ...(isReplaced ? { body: bodyNow() } : {}),
  };
}

async function open() {
  const issue = await openIssue();
  if (issue === undefined) {
    const { number } = await github("POST", "issues", { title: env.ISSUE_TITLE, body: bodyNow() });
    return `opened #${number}`;
  }
  const changes = changesOf(issue);
  if (Object.keys(changes).length === 0) return `#${issue.number} says so already`;
  await github("PATCH", `issues/${issue.number}`, changes);
  await comment(issue.number);
  return `updated #${issue.number}`;
}

async function close() {
  const issue = await openIssue();
  if (issue === undefined) return "no issue is open";
  await comment(issue.number);
  await github("PATCH", `issues/${issue.number}`, { state: "closed", state_reason: "completed" });
  return `closed #${issue.number}`;
}

(env.ISSUE_OPEN === "true" ? open() : close()).then(
  (done) => console.log(done),
  (error) => {
    console.log(`::error::the issue could not be kept up to date: ${error.message}`);
    process.exitCode = 1;
  },
);
