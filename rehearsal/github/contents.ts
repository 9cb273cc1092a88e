import { createHash } from "node:crypto";
import { type Answer, notFound, type Routes } from "../server";
import { type AskedRepository, found, knowing, ok, refused } from "./api";

/** The branches, commits and files of a repository. */
export const CONTENTS: Routes<Answer, AskedRepository> = {
  // https://docs.github.com/en/rest/repos/contents and https://docs.github.com/en/rest/commits/commits
  "GET branches/:branch": ({ state, params: { branch } }) =>
    branch === state.defaultBranch ? ok({ name: branch, commit: { sha: "0".repeat(40) } }) : notFound,
  "GET commits/:sha": ({ state, params: { sha = "" } }) => {
    const message = state.messages.get(sha);
    const committer = { name: "GitHub", email: "noreply@github.com" };
    return found(message === undefined ? undefined : { sha, commit: { message, committer } });
  },
  "GET contents": ({ state }) => {
    const roots = new Set([...state.files.keys()].map((path) => path.split("/")[0] ?? ""));
    return ok([...roots].map((path) => ({ path, name: path, type: "file" })));
  },
  "GET contents/:path+": (asked) => found(fileOf(asked)),
  "PUT contents/:path+": knowing("contents", (asked) => {
    const { state, params, body } = asked;
    const { path = "" } = params;
    const refusal = outdated(asked, path);
    if (refusal !== undefined) return refusal;
    const status = state.files.has(path) ? 200 : 201;
    state.files.set(path, Buffer.from(String(body["content"]), "base64"));
    const sha = state.commit(String(body["message"]));
    return { status, body: { content: fileOf(asked), commit: { sha } } };
  }),
  "DELETE contents/:path+": knowing("contents", (asked) => {
    const { path = "" } = asked.params;
    const refusal = outdated(asked, path);
    if (refusal !== undefined) return refusal;
    asked.state.files.delete(path);
    return ok({ commit: { sha: asked.state.commit(String(asked.body["message"])) } });
  }),
};

/** GitHub changes a file only for who knows the present one. */
function outdated({ state, body }: AskedRepository, path: string): Answer | undefined {
  const present = state.files.get(path);
  if (body["branch"] !== state.defaultBranch) return refused(404, "Branch not found");
  if (body["sha"] === (present === undefined ? undefined : blobSha(present))) return undefined;
  return body["sha"] === undefined
    ? refused(422, `Invalid request. "sha" wasn't supplied.`)
    : refused(409, `${path} does not match ${String(body["sha"])}`);
}

function fileOf({ state, params: { path = "" }, url }: AskedRepository): object | undefined {
  const content = state.files.get(path);
  if (content === undefined) return undefined;
  const named = { type: "file", name: path.split("/").at(-1), path, sha: blobSha(content), size: content.length };
  const encoded = { encoding: "base64", content: content.toString("base64") };
  return { ...named, ...encoded, url: `${url}?ref=${state.defaultBranch}` };
}

/** The hash by which git names a file's content. */
function blobSha(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
