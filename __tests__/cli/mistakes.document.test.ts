import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { anEnvironment } from "../support/environments";
import { aRepository, A_CADENCE } from "../support/repositories";
import { writeOutput } from "../support/written-output";
import { ask } from "./ask";

const folder = mkdtempSync(join(tmpdir(), "mistakes-"));

beforeAll(() => {
  writeOutput(folder, [anEnvironment({ repositories: [{ ...aRepository(), pentest: A_CADENCE }] })]);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A command line with a mistake, and a part of the line that answers it. */
const MISTAKES: readonly (readonly [args: string, said: string])[] = [
  ["verfy", "(Did you mean verify?)"],
  ["pentest recod", "(Did you mean record?)"],
  ["verify --fromat json", "(Did you mean --format?)"],
  ["matrix --format markdwon", "Allowed choices are text, markdown, json. Did you mean markdown?"],
  ["matrix --format x", "Allowed choices are text, markdown, json.\n"],
  ["explain --to postgress", "Did you mean postgres?"],
  ["verify FOLDER/nowhere", "FOLDER/nowhere: got no such folder; allowed: the output folder of a synth"],
  ["verify package.json", "package.json: got no folder; allowed: the output folder of a synth, such as cdktf.out"],
  ["lint .", ".: got a folder without policy.json and manifest.json; allowed: the output folder of a synth"],
  [
    "report FOLDER --output FOLDER/nowhere/page.html",
    "--output: got FOLDER/nowhere/page.html: no such file; allowed: ",
  ],
  ["report FOLDER --format htm", "Allowed choices are html, markdown. Did you mean html?"],
  ["explain https://ap.shop.dev/ --folder FOLDER", 'change: did you mean "app.shop.dev"?'],
  ["addresses refresh metta", '[feed...]: got "metta"; allowed: meta, cloudflare; change: did you mean "meta"?'],
  ["deployment live shop FOLDER --only plann", 'change: did you mean "plan"?'],
  ["explain app.shop.dev/a --folder FOLDER", '<url>: got "app.shop.dev/a"'],
  ["explain app.shop.dev/a --folder FOLDER", 'change: write "https://app.shop.dev/a"'],
  ["explain https://app.shop.dev --from 8.8.8.8:443 --folder FOLDER", "change: write it without brackets or a port"],
  [
    "explain https://app.shop.dev --from localhost --folder FOLDER",
    "change: write an address that the name stands for",
  ],
  ["explain https://app.shop.dev --header x --folder FOLDER", "--header: got a text without a name and a colon"],
  ["explain https://app.shop.dev --environment shp --folder FOLDER", '--environment: got "shp"'],
  ["explain https://app.shop.dev --environment shp --folder FOLDER", 'change: did you mean "shop"?'],
  ["matrix FOLDER --environment shp", 'change: did you mean "shop"?'],
  ["doctor shp --folder FOLDER", '<environment>: got "shp"; allowed: shop; change: did you mean "shop"?'],
  ["probe shp --folder FOLDER", '<environment>: got "shp"; allowed: shop; change: did you mean "shop"?'],
  ["deployment order --only shp --folder FOLDER", '--only: got "shp"; allowed: shop; change: did you mean "shop"?'],
  ["deployment plan shp FOLDER", '<environment>: got "shp"; allowed: shop; change: did you mean "shop"?'],
  ["deployment plan shop FOLDER", "edge_secret_shop: got a secret that is not set; "],
  ["deployment plan shop FOLDER", "change: set TF_VAR_edge_secret_shop or, in CI, the secret EDGE_SECRET"],
  ["pentest check --today 2026/01/01", '--today: got "2026/01/01"; allowed: a calendar day as YYYY-MM-DD'],
  ["pentest check --environment shp --folder FOLDER", '--environment: got "shp"'],
  ["pentest check --environment shp --folder FOLDER", 'change: did you mean "shop"?'],
  ["pentest record --id PT --folder FOLDER", "--start: got nothing; allowed: a calendar day as YYYY-MM-DD"],
  [
    "pentest record --id PT --folder FOLDER",
    "--end: got nothing; allowed: a calendar day as YYYY-MM-DD, neither before --start",
  ],
  ["pentest record --id PT --folder FOLDER", "--report-uri: got nothing; allowed: where the report is kept"],
  ["diff FOLDER", "missing required argument 'new'"],
];

test.each(MISTAKES)("policy %s is answered by %j", async (line, said) => {
  const { code, told } = await ask(...line.split(" ").map((arg) => arg.replaceAll("FOLDER", folder)));
  expect(code).toBe(2);
  expect(told).toContain(said.replaceAll("FOLDER", folder));
});
