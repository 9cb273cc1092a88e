import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { App, TerraformStack } from "cdktf";
import { ScanSchedule, type ScanScheduleProps } from "../../../constructs";
import type { Repository } from "../../../policy/repository";
import { aRepository } from "../../support/repositories";
import { aStack } from "../../support/synthesized";

/** A stack with the scans of some repositories. */
export function scansOf(
  repositories: readonly Repository[] = [aRepository()],
  props: Partial<ScanScheduleProps> = {},
  { name = "shop", app = new App({ stackTraces: false }) } = {},
): TerraformStack {
  return aStack(
    (stack) => {
      new GithubProvider(stack, "github", { owner: "acme" });
      new ScanSchedule(stack, "Scans", { name: "shop", repositories, providerVersion: "6.13.0", ...props });
    },
    name,
    app,
  );
}

export function annotationsOf(stack: TerraformStack, level: "warn" | "info"): readonly string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === `@cdktf/${level}`).map(({ data }) => String(data)),
    );
}
