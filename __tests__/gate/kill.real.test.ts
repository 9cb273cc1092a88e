import { type Moment, remainsAfterKill } from "./killed";

/** Moments before anything is where it is deployed from. */
const BEFORE: readonly Moment[] = [
  { call: "mkdtempSync", nth: 1 },
  { call: "writeFileSync", nth: 1 },
  { call: "writeFileSync", nth: 3 },
  { call: "cpSync", nth: 1 },
  { call: "copyFileSync", nth: 1 },
];
/** Moments between: three stacks, then the proof, then the manifest. */
const BETWEEN: readonly Moment[] = [1, 2, 3, 4, 5].map((nth) => ({ call: "renameSync", nth }));

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
    expect(written).toHaveLength(moment.nth - 1);
  });

  test("after it is done leaves an app", async () => {
    expect(await remainsAfterKill({ call: "renameSync", nth: 1_000 })).toMatchObject({ signal: null, isApp: true });
  });
});
