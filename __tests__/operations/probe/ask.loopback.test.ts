import { connect } from "node:net";
import { ask, MOST_MILLISECONDS } from "../../../operations/probe/ask";
import { type Answer, type Question } from "../../../operations/probe/question";
import { certificateFor } from "../../../rehearsal/certificate";
import { VirtualClock } from "../../../rehearsal/virtual-clock";
import { during } from "./judged";
import {
  CLOSED,
  http,
  https,
  type Manner,
  MUTE,
  SILENT,
  stall,
  StandInInternet,
  tcp,
  UNREACHABLE,
} from "../../../rehearsal/internet";

const HOST = "app.shop.dev";
const ADDRESS = "104.16.1.1";
const get: Question = { at: { host: HOST, port: 80 }, kind: "http", method: "GET", target: "/", hostHeader: HOST };
const secureGet: Question = { ...get, at: { host: HOST, port: 443 }, serverName: HOST };

async function answered(question: Question, manner: Manner): Promise<Answer> {
  const internet = StandInInternet.of(HOST).name(HOST, ADDRESS).at(ADDRESS, question.at.port, manner);
  const [answer] = await during(internet, () => ask(question, internet.dialler));
  return answer;
}

const writes = (...texts: readonly string[]): Manner =>
  tcp((socket) => {
    socket.once("data", () => {
      for (const text of texts) socket.write(text);
    });
  });

describe("a question", () => {
  test("is answered by a status and headers, without waiting for a body", async () => {
    const answer = await answered(get, writes("HTTP/1.1 418 Teapot\r\nServer: x\r\nContent-Length: 9\r\n\r\nhalf"));
    expect(answer).toMatchObject({ kind: "response", status: 418, headers: { server: "x" }, body: "", from: ADDRESS });
  });

  test("is answered by the part of a body that is wanted", async () => {
    const manner = http((_, response) => {
      response.end("ip=9.9.9.9\n".repeat(10_000));
    });
    const answer = await answered({ ...get, wantsBody: true }, manner);
    expect(answer.kind === "response" && answer.body).toHaveLength(4_096);
  });

  test("is sent as it is written, escapes and all", async () => {
    const targets: (string | undefined)[] = [];
    const manner = http(({ url, headers }, response) => {
      targets.push(url, headers.host, headers["user-agent"]);
      response.end();
    });
    await answered({ ...get, target: "//a%2Fb\\c/./d;x#y?z", hostHeader: `${HOST}:80` } as Question, manner);
    expect(targets).toEqual(["//a%2Fb\\c/./d;x#y?z", `${HOST}:80`, expect.stringMatching(/./)]);
  });

  test("goes over one connection, which is over with the answer", async () => {
    let closed: Promise<unknown> | undefined;
    const internet = StandInInternet.of(HOST).name(HOST, ADDRESS, "104.16.1.2");
    const manner = tcp((socket) => {
      closed = new Promise((resolve) => socket.once("close", resolve));
      socket.once("data", () => socket.write("HTTP/1.1 301 Moved\r\nLocation: http://elsewhere.dev/\r\n\r\n"));
    });
    await during(internet.at(ADDRESS, 80, manner), async ({ dialler }) => {
      await ask(get, dialler);
      await closed;
    });
    expect(internet.dialled).toEqual([`${ADDRESS}:80`]);
    expect(internet.resolved).toEqual([HOST]);
  });

  test.each([
    ["nobody listens", CLOSED, { kind: "closed" }],
    ["packets are dropped", SILENT, { kind: "silent" }],
    ["no route leads", UNREACHABLE, { kind: "unclear", reason: "no route leads there from here" }],
  ] as const)("tells that %s", async (_, manner, expected) => {
    await expect(answered(get, manner)).resolves.toMatchObject(expected);
  });

  const drip = tcp((socket) => {
    socket.once("data", () => {
      for (const drop of "HTTP/1.1 200 OK\r\nA: aaa") socket.write(drop);
      stall(socket);
    });
  });
  const bodyless = tcp((socket) => {
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nip=");
      stall(socket);
    });
  });

  test.each<[string, Question, Manner, string]>([
    ["silence after the connection", get, MUTE, "no complete answer in time"],
    ["silence instead of a handshake", secureGet, MUTE, "no complete answer in time"],
    ["a reset", get, tcp((socket) => socket.resetAndDestroy()), "the connection was reset"],
    [
      "a reset instead of a handshake",
      secureGet,
      tcp((socket) => socket.resetAndDestroy()),
      "the connection was reset",
    ],
    ["a connection that is closed without a word", get, tcp((socket) => socket.end()), "the connection was reset"],
    ["huge headers", get, writes("HTTP/1.1 200 OK\r\n", `A: ${"a".repeat(20_000)}\r\n\r\n`), "longer than is read"],
    ["what isn't HTTP", get, writes("220 mail.shop.dev ESMTP\r\n"), "HPE_INVALID_CONSTANT"],
    ["what isn't TLS", secureGet, writes("HTTP/1.1 400 Bad Request\r\n\r\n"), "ERR_SSL_WRONG_VERSION_NUMBER"],
    ["another protocol", get, writes("HTTP/1.1 101 X\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"), ""],
  ])("tells nothing by %s", async (_, question, manner, reason) => {
    const answer = await answered(question, manner);
    expect(answer).toMatchObject({ kind: "unclear", reason: expect.stringContaining(reason) });
  });

  test.each<[string, Question, Manner]>([
    ["headers that drip", get, drip],
    ["a body that doesn't come", { ...get, wantsBody: true } as Question, bodyless],
  ])("waits no longer than it may for %s", async (_, question, manner) => {
    const internet = StandInInternet.of(HOST).name(HOST, ADDRESS).at(ADDRESS, 80, manner);
    const [answer] = await during(internet, ({ dialler }) => ask(question, dialler));
    expect(answer).toMatchObject({ kind: "unclear", reason: "no complete answer in time" });
  });

  test.each([
    ["for another host", certificateFor(["portal.dev"]), "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["that nobody vouches for", certificateFor([HOST]), "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ])("believes no certificate %s, whatever is answered", async (_, other, reason) => {
    const answer = await answered(
      secureGet,
      https((_request, response) => response.end(), { other }),
    );
    expect(answer).toMatchObject({ kind: "unclear", reason: `no valid certificate for ${HOST}: ${reason}` });
  });

  test("believes no certificate that is valid for another name", async () => {
    const internet = StandInInternet.of("portal.dev")
      .name(HOST, ADDRESS)
      .at(
        ADDRESS,
        443,
        https((_, r) => r.end()),
      );
    const [answer] = await during(internet, ({ dialler }) => ask(secureGet, dialler));
    expect(answer).toMatchObject({ kind: "unclear", reason: expect.stringContaining("ERR_TLS_CERT_ALTNAME_INVALID") });
  });

  test("believes no certificate that has expired", async () => {
    const expired = certificateFor([HOST], { until: "210101000000Z" });
    const internet = new StandInInternet(expired).name(HOST, ADDRESS).at(
      ADDRESS,
      443,
      https((_, r) => r.end()),
    );
    const [answer] = await during(internet, ({ dialler }) => ask(secureGet, dialler));
    expect(answer).toMatchObject({ kind: "unclear", reason: expect.stringContaining("CERT_HAS_EXPIRED") });
  });
});

describe("a name", () => {
  test.each([
    ["ENOTFOUND", "there is no such name"],
    ["ENODATA", "it has no address"],
    ["ESERVFAIL", "ESERVFAIL"],
  ])("that the resolver answers by %s leads nowhere", async (code, reason) => {
    const internet = StandInInternet.of(HOST).noName(HOST, code);
    const [answer] = await ask(get, internet.dialler);
    expect(answer).toEqual({ kind: "unclear", reason: `the name ${HOST} leads nowhere: ${reason}` });
    expect(internet.dialled).toEqual([]);
  });

  test("that nobody resolves costs no more than the time of a connection", async () => {
    const dialler = { resolve: () => new Promise<never>(() => undefined), connect: () => connect(1) };
    const clock = new VirtualClock();
    const asked = ask(get, { ...dialler, clock });
    clock.pass(MOST_MILLISECONDS);
    await expect(asked).resolves.toMatchObject([{ kind: "unclear" }]);
  });

  test.each([
    "127.0.0.1",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.1.1",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "fd00::1",
    "::ffff:127.0.0.1",
  ])("that leads to %s is not dialled", async (address) => {
    const internet = StandInInternet.of(HOST).name(HOST, address, ADDRESS);
    const [answer] = await ask(get, internet.dialler);
    expect(answer).toEqual({ kind: "unclear", reason: `the name ${HOST} leads to ${address}, which isn't outside` });
    expect(internet.dialled).toEqual([]);
  });
});
