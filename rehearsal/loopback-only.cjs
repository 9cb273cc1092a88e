/** Loaded before any program of a rehearsal that Node.js runs: a connection leads to loopback, or nowhere. */
const net = require("node:net");

const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1", "::ffff:127.0.0.1"]);
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function connectToLoopback(...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const { host = "localhost", path } =
    typeof first === "object" ? first : { host: typeof second === "string" ? second : undefined };
  if (path !== undefined || LOOPBACK.has(host)) return connect.apply(this, args);
  process.nextTick(() => this.destroy(new Error(`a rehearsal speaks to loopback alone, not to ${host}`)));
  return this;
};
