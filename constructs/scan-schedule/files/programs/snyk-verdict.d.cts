/** One vulnerability in one package. */
export interface Finding {
  readonly key: string;
  readonly id: string;
  readonly packageName: string;
  readonly version: string;
  readonly severity: string;
  readonly title: string;
}

/** The result of scanning one tree. */
export type ScanResult =
  | { readonly state: "scanned"; readonly findings: readonly Finding[] }
  | {
      readonly state: "unavailable" | "refused" | "unscannable" | "absent" | "unsupported" | "broken";
      readonly reason: string;
    };

export interface VerdictSettings {
  readonly pullRequest: boolean;
  readonly threshold: string;
  readonly blockWhenUnavailable: boolean;
  readonly passUnscannable: boolean;
}

export interface Verdict {
  readonly passed: boolean;
  readonly level: "notice" | "warning" | "error";
  readonly message: string;
  readonly blocking: readonly Finding[];
}

export function findingsOf(report: unknown): readonly Finding[] | undefined;
export function judge(head: ScanResult, base: ScanResult | undefined, settings: VerdictSettings): Verdict;
