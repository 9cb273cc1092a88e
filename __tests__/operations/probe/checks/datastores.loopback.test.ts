import { checksOf } from "../../../../operations/probe/probe";
import { Datastore } from "../../../../policy/datastore";
import { Verdict } from "../../../../operations/probe/check";
import { subject, verdicts } from "../checked";
import { CLOSED, type Manner, MUTE, SILENT, tcp, UNREACHABLE } from "../../../../rehearsal/internet";
import { asksForPassword, postgres, postgresError, redis } from "../../../../rehearsal/answers";
import { DATABASE, DATABASE_AT, KEY_VALUE_AT, POOLER_AT, shop, shopOnline } from "../stand-in-shop";

const { HOLDS, VIOLATED, UNDECIDED } = Verdict;

describe("PORTS-3 and DB-1", () => {
  const own = (manner: Manner) => shopOnline().at(DATABASE_AT, 5432, manner).at(DATABASE_AT, 6543, manner);
  const pooler = (manner: Manner) => shopOnline().at(POOLER_AT, 5432, manner).at(POOLER_AT, 6543, manner);

  test.each([
    ["is closed", HOLDS, CLOSED],
    [
      "says that the address isn't admitted",
      HOLDS,
      postgres(() => postgresError("Address not in tenant allow_list: {9, 9, 9, 9}")),
    ],
    ["asks for a password", VIOLATED, postgres(asksForPassword)],
    ["refuses for another reason", VIOLATED, postgres(() => postgresError("too many clients already"))],
    [
      "speaks Postgres in clear",
      VIOLATED,
      tcp((socket) =>
        socket
          .once("data", () => socket.write("N"))
          .once("data", () => socket.once("data", () => socket.write(asksForPassword()))),
      ),
    ],
    ["drops packets", UNDECIDED, SILENT],
    ["closes the connection", UNDECIDED, tcp((socket) => socket.end())],
    ["says nothing", UNDECIDED, MUTE],
    ["speaks something else", UNDECIDED, tcp((socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"))],
  ])("look at a database that %s: %s", async (_, verdict, manner) => {
    await expect(verdicts(own(manner), /^db\./)).resolves.toEqual([verdict]);
  });

  const IPV6 = "2600:1f14::1";
  const both = (ipv6: Manner) =>
    shopOnline().name(DATABASE, DATABASE_AT, "3.64.1.9", IPV6).at(IPV6, 5432, ipv6).at(IPV6, 6543, ipv6);

  test.each([
    ["is closed too", HOLDS, CLOSED],
    ["asks for a password", VIOLATED, postgres(asksForPassword)],
    ["can't be reached", UNDECIDED, UNREACHABLE],
  ])("look at a database whose IPv4 address is closed and whose IPv6 address %s: %s", async (_, verdict, manner) => {
    const internet = both(manner);
    await expect(verdicts(internet, /^db\./)).resolves.toEqual([verdict]);
    expect([...internet.dialled].sort()).toEqual(
      [5432, 6543].flatMap((port) => [`${IPV6}:${port}`, `${DATABASE_AT}:${port}`]).sort(),
    );
  });

  test.each([
    ["(EADDRNOTALLOWED) address not in tenant allow_list: {9, 9, 9, 9}", HOLDS],
    ["Tenant or user not found", UNDECIDED],
  ])("look at a pooler that says %j: %s", async (message, verdict) => {
    await expect(verdicts(pooler(postgres(() => postgresError(message))), /pooler/)).resolves.toEqual([verdict]);
  });

  test("look at a pooler that asks for a password", async () => {
    await expect(verdicts(pooler(postgres(asksForPassword)), /pooler/)).resolves.toEqual([VIOLATED]);
  });

  test("name the project to the pooler, which serves everybody", async () => {
    const users: string[] = [];
    const internet = pooler(
      postgres((startup) => {
        users.push(startup.slice(8));
        return asksForPassword();
      }),
    );
    await verdicts(internet, /pooler/);
    expect(users).toEqual(Array(2).fill("user\0postgres.abcdefghijklmnopqrst\0database\0postgres\0\0"));
  });

  test("say what is missing where a proxy isn't named", () => {
    const all = checksOf({ ...subject, proxies: new Map() });
    const missing = all.flatMap((check) => ("unasked" in check ? [[check.statements.join(), check.unasked]] : []));
    expect(missing).toEqual([
      ["PORTS-3,DB-1", expect.stringContaining("--proxy abcdefghijklmnopqrst=")],
      ["PORTS-4", expect.stringContaining("--proxy red-c0ffee0c0ffee0c0ffee=")],
    ]);
  });
});

describe("a datastore whose id is a reference", () => {
  test.each([
    [Datastore.supabase("${local.project}"), ["PORTS-3", "DB-1"]],
    [Datastore.renderKeyValue("${local.instance}"), ["PORTS-4"]],
  ])("isn't asked: %j", (datastore, statements) => {
    const all = checksOf({ ...subject, environment: shop({ datastores: [datastore] }) });
    expect(all.filter(({ expects }) => expects.includes("${"))).toEqual([
      { statements, expects: expect.stringMatching(/./), unasked: expect.stringContaining("reference") },
    ]);
  });
});

describe("PORTS-4", () => {
  const keyValue = (manner: Manner) => shopOnline().at(KEY_VALUE_AT, 6379, manner);

  test.each([
    ["isn't open at all", HOLDS, CLOSED],
    ["doesn't admit the address", HOLDS, redis(() => "-ERR Client IP address is not in the allowlist.")],
    ["lets everybody in", VIOLATED, redis(() => "+OK")],
    ["looks at the password", UNDECIDED, redis(() => "-WRONGPASS invalid username-password pair or user is disabled.")],
    ["speaks something else", UNDECIDED, tcp((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))],
    ["drops packets", UNDECIDED, SILENT],
  ])("looks at a Key Value that %s: %s", async (_, verdict, manner) => {
    await expect(verdicts(keyValue(manner), /:6379/)).resolves.toEqual([verdict]);
  });
});
