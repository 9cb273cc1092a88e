import { remainsAfterKill } from "./killed";

test("a synth that is killed before anything is in its place leaves nothing, not even what an earlier one left", async () => {
  expect(await remainsAfterKill({ call: "renameSync", nth: 1 })).toEqual({
    signal: "SIGKILL",
    written: [],
    areWhole: true,
    isApp: false,
  });
}, 60_000);
