import type { Environment } from "../policy/environment";
import { dev } from "./dev";
import { production } from "./production";
import { staging } from "./staging";

/** Every environment of the app, in the order in which they are deployed. */
export const environments: readonly Environment[] = [dev, staging, production];
