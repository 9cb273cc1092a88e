import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { hashesOf, policyDocument, proofDocument } from "../../verification/terraform/documents";
import { inFolder } from "../../verification/terraform/folder";
import { anEnvironment } from "./environments";
import { aShop, PROVIDERS, type ShopChange } from "./shop";

/** The shop as a synth writes it, in a folder of its own. Its applied half is lowered: no applier is in it. */
export class ShopFolder {
  public readonly path = mkdtempSync(join(tmpdir(), "output-"));

  public constructor(change: ShopChange = () => undefined, environments: readonly Environment[] = [anEnvironment()]) {
    const shop = aShop();
    change(shop);
    const path = "stacks/shop";
    const stack = {
      name: "shop",
      synthesizedStackPath: `${path}/cdk.tf.json`,
      workingDirectory: path,
      dependencies: [],
    };
    this.write("manifest.json", { version: "0.21.0", stacks: { shop: { ...stack, annotations: [] } } });
    this.write("policy.json", policyDocument(Policy.across(environments)));
    this.write("stacks/shop/cdk.tf.json", { terraform: PROVIDERS, ...shop.json });
  }

  /** Writes `proof.json` for the files as they are. */
  public prove(): this {
    this.write("proof.json", proofDocument([], hashesOf(inFolder(this.path))));
    return this;
  }

  /** Writes a file: text as it is, anything else as JSON. */
  public write(name: string, content: unknown): this {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), typeof content === "string" ? content : JSON.stringify(content));
    return this;
  }

  public removeFile(name: string): this {
    rmSync(join(this.path, name), { recursive: true });
    return this;
  }

  public remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
