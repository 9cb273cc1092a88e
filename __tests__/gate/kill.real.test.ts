import { type Moment, remainsAfterKill } from "./killed";

/** Moments before anything is where it is deployed from. */
const BEFORE: readonly Moment[] = [
  { call: "mkdtempSync", nth: 1 },
  { call: "writeFileSync", nth: 1 },
  { call: "writeFileSync", nth: 3 },
  { call: "copyFileSync", nth: 1 },
  ...[1, 2, 3, 4].map((nth): Moment => ({ call: "renameSync", nth })),
];
/**
 * Moments between the moves: the files beside three stacks and the policy, then the stacks, the proof, the manifest.
 */
const FIRST = 5;
const BETWEEN: readonly Moment[] = [0, 1, 2, 3, 4].map((moved) => ({ call: "renameSync", nth: FIRST + moved }));

describe("a synth that is killed", () => {
  test.each(BEFORE)("at %j leaves nothing that could be deployed", async (moment) => {
    const { signal, written, isApp } = await remainsAfterKill(moment);
    expect({ signal, isApp }).toEqual({ signal: "SIGKILL", isApp: false });
    expect(written).toEqual([]);
  });

  test.each(BETWEEN)("at %j leaves whole files of its own, and no app", async (moment) => {
    const { signal, written, areWhole, isApp } = await remainsAfterKill(moment);
    expect({ signal, areWhole, isApp }).toEqual({ signal: "SIGKILL", areWhole: true, isApp: false });
    expect(written).not.toContain("manifest.json");
    expect(written).toHaveLength(moment.nth - FIRST);
  });

  test("after it is done leaves an app", async () => {
    expect(await remainsAfterKill({ call: "renameSync", nth: 1_000 })).toMatchObject({ signal: null, isApp: true });
  });
});
