import type { ExistingEdge } from "../../../policy/edge-options";
import { readEntryPoint } from "../../platforms/cloudflare";
import type { Client } from "../../platforms/client";
import type { Finding } from "../../inventory/finding";
import { edgePaste } from "../paste";
import type { Subject } from "../subject";
import { gatewayPolicies, lists } from "./account";
import { bots } from "./bots";
import { isOwn } from "./live-rules";
import { writtenPhases } from "../../inventory/zone/written-phases";
import { plan } from "./plan";
import { reach } from "./reach";
import { liveRecords, records } from "./records";
import { AT_THE_END, keptRules, rulesets } from "./rulesets";
import type { ZoneSubject } from "./subject";

const PARTS = [plan, rulesets, records, reach, bots, lists, gatewayPolicies];

/** What a zone is like before its first change, and what to paste to take over what it has. */
export async function zonePreflight(
  client: Client,
  { policy: { edge }, drop, synthesized }: Subject,
): Promise<{ readonly findings: readonly Finding[]; readonly paste: string | undefined }> {
  const live = await Promise.all(
    writtenPhases(edge).map(async (phase) => [phase, await readEntryPoint(client, edge.zone.id, phase)] as const),
  );
  const isDeployed = live.some(([, reading]) => reading.kind === "read" && (reading.value?.rules ?? []).some(isOwn));
  const subject: ZoneSubject = { client, edge, drop, synthesized, rulesets: new Map(live), isDeployed };
  const findings = (await Promise.all(PARTS.map((part) => part(subject)))).flat();
  const isNeeded = findings.some(({ todo }) => todo.includes(AT_THE_END));
  return { findings, paste: isNeeded ? edgePaste(await existing(subject), keptRules(subject)) : undefined };
}

/** Everything that the zone has and the deploy would make. */
async function existing(subject: ZoneSubject): Promise<ExistingEdge> {
  const rulesetsByPhase = [...subject.rulesets].flatMap(([phase, reading]) =>
    reading.kind === "read" && reading.value !== undefined
      ? [[phase, { id: reading.value.id, name: reading.value.name }] as const]
      : [],
  );
  const recordsByHost = [...(await liveRecords(subject))].flatMap(([host, found]) => {
    const record = found.find(({ type }) => type === "CNAME") ?? found[0];
    return record === undefined ? [] : [[host, record.id] as const];
  });
  return { rulesets: Object.fromEntries(rulesetsByPhase), records: Object.fromEntries(recordsByHost) };
}
