import { environments } from "../../../../environments";
import { Datastore } from "../../../../policy/datastore";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import { auditReportOf } from "../../../../verification/answers/report/audit-report";
import { type Arrow, onlyIn, type Picture } from "../../../../verification/answers/report/picture";
import { anEnvironment } from "../../../support/environments";
import { ORIGIN, outputOf, shippedReport } from "./app";

const { pictures, matrix, report } = shippedReport();
const pictureOf = (environment: string): Picture => {
  const found = pictures.find((each) => each.environment === environment);
  if (found === undefined) throw new Error(`there is no picture of ${environment}`);
  return found;
};
const nameOf = ({ things }: Picture, id: string) => things.find((thing) => thing.id === id)?.name;
const told = (picture: Picture) =>
  picture.arrows.map(({ from, to, kind, labels }) =>
    [nameOf(picture, from), kind, nameOf(picture, to), ...labels].join(" | "),
  );

test("there is a picture of each environment", () => {
  expect(pictures.map(({ environment }) => environment)).toEqual(environments.map(({ name }) => name));
});

test("the picture of production says who reaches what", () => {
  expect(told(pictureOf("production"))).toEqual([
    "Internet | allow | Edge of example.com | 443",
    "Meta | allow | Edge of example.com | 443, paths with /webhooks/meta | 443, paths escaped twice",
    "Internet | block | Edge of example.com | 443, paths with /webhooks/meta | 11 other ports",
    "Internet | mixed | Edge of example.com | 443, paths escaped twice",
    "Internet | redirect | Edge of example.com | 80",
    "Internet | block | Postgres | 5432, 6543",
    "Web service | allow | Postgres | 5432, 6543",
    "Internet | block | Redis | 6379",
    "Internet | block | Worker | any port",
    "Edge of example.com | allow | Web service | with the edge's secret",
    "Internet | block | Web service | past the edge",
    "Worker | allow | OpenAI | 443",
    "Worker | allow | Stripe | 443",
    "Worker | block | Any other host | every port",
  ]);
});

test("an egress that is only declared is drawn so", () => {
  const { arrows } = pictureOf("dev");
  expect(
    new Set(arrows.filter(({ from }) => from.startsWith("srv-") && from.includes("worker")).map(({ kind }) => kind)),
  ).toEqual(new Set(["declared"]));
});

/** Whether the results behind an arrow say what it says. */
function faultsOf({ kind, behind }: Arrow, environment: string): readonly string[] {
  if (behind.length === 0) return ["there is no result behind it"];
  const { rows = [], columns = [] } = matrix.environments.find((each) => each.environment === environment) ?? {};
  return behind.flatMap((each): readonly string[] => {
    if ("result" in each) {
      const result = report.results.find(({ id }) => id === each.result);
      const isProven = result?.verdict === "proven";
      const isRight = isProven ? kind === "allow" || kind === "block" : kind === "declared" || kind === "undecided";
      return result?.environment === environment && isRight ? [] : [`${each.result} is ${result?.verdict}`];
    }
    const cell = rows[each.row]?.cells[columns.findIndex(({ id }) => id === each.column)];
    return cell?.kind === kind ? [] : [`cell ${each.row} ${each.column} is ${cell?.kind}`];
  });
}

test.each(pictures)("each arrow of $environment has results behind it that say the same", ({ environment, arrows }) => {
  expect(arrows.length).toBeGreaterThan(8);
  expect(arrows.flatMap((arrow) => faultsOf(arrow, environment))).toEqual([]);
});

test.each(pictures)("each cell of the matrix of $environment stands behind one arrow", ({ environment, arrows }) => {
  const { rows = [], columns = [] } = matrix.environments.find((each) => each.environment === environment) ?? {};
  const drawn = arrows.flatMap(({ behind }) =>
    behind.flatMap((each) => ("column" in each ? `${each.row} ${each.column}` : [])),
  );
  expect(drawn.sort()).toEqual(rows.flatMap((_, row) => columns.map(({ id }) => `${row} ${id}`)).sort());
});

test("a datastore that another rule opens is drawn as reached", () => {
  const environment = anEnvironment({
    egress: EgressAddresses.dedicated("egs-c0ffee0c0ffee0", ["203.0.113.10"]),
    datastores: [Datastore.supabase("exampleprojectexampl")],
  });
  const opening = outputOf([environment], (folder) => {
    const { shop } = folder.stacks;
    const resources = shop?.json["resource"] as Record<string, Record<string, unknown>>;
    resources["cloudflare_spectrum_application"] = {
      open: {
        zone_id: environment.zone.kind === "owned" ? environment.zone.id : "",
        protocol: "tcp/5432",
        dns: { type: "CNAME", name: "db.shop.dev" },
        origin_direct: ["tcp://192.0.2.1:5432"],
      },
    };
  });
  const [picture] = auditReportOf(opening, ORIGIN).pictures;
  expect(picture === undefined ? [] : told(picture)).toContain("Internet | mixed | Postgres | 5432, 6543");
});

describe("two pictures of an environment", () => {
  const production = pictureOf("production");
  const dropped = "443, paths escaped twice";
  const changed: Picture = {
    ...production,
    arrows: production.arrows.map((arrow) => ({ ...arrow, labels: arrow.labels.filter((label) => label !== dropped) })),
  };

  test("differ by the ways that one has alone, with the things at their ends", () => {
    const difference = onlyIn(production, changed);
    expect(difference === undefined ? [] : told(difference)).toEqual([
      `Meta | allow | Edge of example.com | ${dropped}`,
      `Internet | mixed | Edge of example.com | ${dropped}`,
    ]);
    expect(difference?.things.map(({ id }) => id).sort()).toEqual(["edge", "internet", "source meta"]);
  });

  test("that draw the same differ by nothing", () => {
    expect(onlyIn(changed, production)).toBeUndefined();
    expect(onlyIn(production, production)).toBeUndefined();
  });

  test("differ by everything where there is one alone", () => {
    expect(onlyIn(production, undefined)).toEqual(production);
  });
});
