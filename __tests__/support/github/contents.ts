import { type Answer, notFound } from "../platform/route";
import { type Asked, route } from "./repository-route";
import { blobSha, type RepositoryState } from "./repository-state";

/** Files and commits: https://docs.github.com/en/rest/repos/contents and https://docs.github.com/en/rest/commits/commits */
export const CONTENT_ROUTES = [
  route("GET", "branches/([^/]+)", ({ state, params: [branch] }) =>
    branch === state.defaultBranch
      ? { status: 200, body: { name: branch, commit: { sha: "0".repeat(40) } } }
      : notFound,
  ),
  route("GET", "commits/([^/]+)", ({ state, params: [sha = ""] }) => {
    const message = state.messages.get(sha);
    if (message === undefined) return notFound;
    return {
      status: 200,
      body: { sha, commit: { message, committer: { name: "GitHub", email: "noreply@github.com" } } },
    };
  }),
  route("GET", "contents", ({ state }) => {
    const roots = new Set([...state.files.keys()].map((path) => path.split("/")[0] ?? ""));
    return { status: 200, body: [...roots].map((path) => ({ path, name: path, type: "file" })) };
  }),
  route("GET", "contents/(.+)", ({ state, params: [path = ""], url }) => {
    const content = state.files.get(path);
    return content === undefined ? notFound : { status: 200, body: fileOf(state, path, content, url) };
  }),
  route("PUT", "contents/(.+)", (asked) => {
    const { state, params, body, url } = asked;
    const [path = ""] = params;
    const refusal = outdated(asked, path);
    if (refusal !== undefined) return refusal;
    const status = state.files.has(path) ? 200 : 201;
    const content = Buffer.from(String(body["content"]), "base64");
    state.files.set(path, content);
    const sha = state.commit(String(body["message"]));
    return { status, body: { content: fileOf(state, path, content, url), commit: { sha } } };
  }),
  route("DELETE", "contents/(.+)", (asked) => {
    const [path = ""] = asked.params;
    const refusal = outdated(asked, path);
    if (refusal !== undefined) return refusal;
    asked.state.files.delete(path);
    return { status: 200, body: { commit: { sha: asked.state.commit(String(asked.body["message"])) } } };
  }),
];

/** GitHub changes a file only for who knows the present one. */
function outdated({ state, body }: Asked, path: string): Answer | undefined {
  const present = state.files.get(path);
  const sha = present === undefined ? undefined : blobSha(present);
  if (body["branch"] !== state.defaultBranch) return { status: 404, body: { message: "Branch not found" } };
  if (body["sha"] === sha) return undefined;
  return body["sha"] === undefined
    ? { status: 422, body: { message: `Invalid request. "sha" wasn't supplied.` } }
    : { status: 409, body: { message: `${path} does not match ${String(body["sha"])}` } };
}

function fileOf({ defaultBranch }: RepositoryState, path: string, content: Buffer, url: string): object {
  const name = path.split("/").at(-1);
  const encoded = { encoding: "base64", content: content.toString("base64") };
  return {
    type: "file",
    name,
    path,
    sha: blobSha(content),
    size: content.length,
    ...encoded,
    url: `${url}?ref=${defaultBranch}`,
  };
}
