import { type NetConnectOpts, Socket } from "node:net";

// Preloaded into a gateway under test: tells on stderr of every connection that the process opens.
const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;
Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  const [first] = args.flat() as [NetConnectOpts & { host?: string; port?: number }];
  process.stderr.write(`outbound ${first.host ?? "localhost"}:${first.port ?? "pipe"}\n`);
  return connect.apply(this, args);
};
