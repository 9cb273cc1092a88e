import type * as dns from "node:dns/promises";
import { systemDialler } from "../../../operations/probe/ask";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

const servers = jest.fn<string[], []>();
jest.mock("node:dns/promises", () => {
  const real = jest.requireActual<typeof dns>("node:dns/promises");
  return {
    Resolver: class extends real.Resolver {
      public constructor(options: object) {
        super(options);
        this.setServers(servers());
      }
    },
  };
});

const [A, AAAA] = [1, 28];
const [NO_ERROR, NO_NAME] = [0, 3];

/** A name server that knows the records of one name. */
async function nameServer(records: Readonly<Record<number, readonly number[]>>, rcode = NO_ERROR) {
  const server = createSocket("udp4");
  server.on("message", (query, { port, address }) => {
    const end = query.indexOf(0, 12) + 5;
    const data = records[query.readUInt16BE(end - 4)];
    const reply = Buffer.from(query.subarray(0, end));
    reply.writeUInt16BE(0x8180 | rcode, 2);
    reply.writeUInt16BE(data === undefined ? 0 : 1, 6);
    reply.writeUInt32BE(0, 8);
    const answer = Buffer.from([
      0xc0,
      12,
      ...query.subarray(end - 4, end),
      0,
      0,
      0,
      60,
      0,
      data?.length ?? 0,
      ...(data ?? []),
    ]);
    server.send(data === undefined ? reply : Buffer.concat([reply, answer]), port, address);
  });
  server.bind(0, "127.0.0.1");
  await once(server, "listening");
  servers.mockReturnValue([`127.0.0.1:${server.address().port}`]);
  return server;
}

describe("the machine's own network", () => {
  test("asks the name servers for both families, and prefers IPv4", async () => {
    const six = [0x2a, 0x03, ...Array<number>(13).fill(0), 1];
    const server = await nameServer({ [A]: [104, 16, 1, 1], [AAAA]: six });
    await expect(systemDialler().resolve("app.shop.dev")).resolves.toEqual(["104.16.1.1", "2a03::1"]);
    server.close();
  });

  test("has IPv6 alone where a name has nothing else", async () => {
    const server = await nameServer({ [AAAA]: [0x2a, 0x03, ...Array<number>(13).fill(0), 1] });
    await expect(systemDialler().resolve("db.shop.dev")).resolves.toEqual(["2a03::1"]);
    server.close();
  });

  test.each([
    ["ENODATA", NO_ERROR],
    ["ENOTFOUND", NO_NAME],
  ])("says %s where there is no address", async (code, rcode) => {
    const server = await nameServer({}, rcode);
    await expect(systemDialler().resolve("app.shop.dev")).rejects.toMatchObject({ code });
    server.close();
  });

  test("dials the address that it is given", async () => {
    servers.mockReturnValue(["127.0.0.1"]);
    const server = createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const socket = systemDialler().connect("127.0.0.1", (server.address() as AddressInfo).port);
    const [said] = (await once(socket, "data")) as [Buffer];
    expect(said.toString()).toBe("hello");
    socket.destroy();
    server.close();
  });
});
