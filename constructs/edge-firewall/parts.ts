import type { EdgePartRules } from "./edge-part-rules";
import { onlyHttps } from "./only-https";
import { originSecret } from "./origin-secret";
import { redirectToHttps } from "./redirect-to-https";
import { tls } from "./tls";
import { webhookGuard } from "./webhook-guard";

/** The parts that contribute rules and settings. The rules of one phase run in this order. */
export const PARTS: readonly EdgePartRules[] = [redirectToHttps, onlyHttps, webhookGuard, originSecret, tls];
