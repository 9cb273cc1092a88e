import type { CoherenceRule } from "./coherence-rule";
import { databases } from "./databases";
import { edgeOptions } from "./edge-options";
import { hosts } from "./hosts";
import { ingress } from "./ingress";
import { lists } from "./lists";
import { names } from "./names";
import { repositories } from "./repositories";
import { webhooks } from "./webhooks";
import { workers } from "./workers";
import { zones } from "./zones";

/** Every rule over all environments together. */
export const COHERENCE_RULES: readonly CoherenceRule[] = [
  names,
  zones,
  hosts,
  ingress,
  webhooks,
  edgeOptions,
  databases,
  workers,
  repositories,
  lists,
];
