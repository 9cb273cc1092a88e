import document from "./known-versions.json";

/** What a scan installs by a version. */
export type Tool = "snyk" | "uv" | "python";

/**
 * Whether somebody has seen that a version is there to install, at the source that the list names. One that isn't there
 * installs nothing, and a scan that goes on without its tool finds nothing.
 */
export function isReleased(tool: Tool, version: string): boolean {
  return document.tools.some((each) => each.tool === tool && each.versions.includes(version));
}
