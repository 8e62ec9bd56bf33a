import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { closeServer, listenOnLoopback } from "../../simulators/http/listen-on-loopback.js";

/** The one way out of a company's network: names below its domain are known to it alone, and stand for this machine. */
export interface ConnectProxy {
  /** With name and password. */
  readonly url: string;
  /** `host:port` of each tunnel that was asked for, and the address of each request without one. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const CREDENTIALS = `Basic ${Buffer.from("latchkey:p@ss").toString("base64")}`;

/** @param domain the proxy answers 502 for every host that is not below it */
export async function startConnectProxy(domain: string): Promise<ConnectProxy> {
  const asked: string[] = [];
  const tunnels = new Set<Duplex>();
  const refusalOf = (request: IncomingMessage, hostname: string): number | undefined => {
    if (request.headers["proxy-authorization"] !== CREDENTIALS) return 407;
    return hostname.endsWith(`.${domain}`) ? undefined : 502;
  };

  const server = createServer((request, response) => {
    const address = request.url ?? "";
    asked.push(address);
    const { hostname, port, pathname } = new URL(address);
    const refused = refusalOf(request, hostname);
    if (refused !== undefined) return void response.writeHead(refused).end();
    httpRequest({ host: "127.0.0.1", port, path: pathname }, (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    }).end();
  });
  server.on("connect", (request: IncomingMessage, socket: Duplex, first: Buffer) => {
    const target = request.url ?? "";
    asked.push(target);
    tunnels.add(socket);
    socket.on("error", () => socket.destroy());
    const { hostname, port } = new URL(`tunnel://${target}`);
    const refused = refusalOf(request, hostname);
    if (refused !== undefined) return void socket.end(`HTTP/1.1 ${refused} No\r\nContent-Length: 0\r\n\r\n`);
    const onward = connect(Number(port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.write(first);
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("close", () => onward.destroy());
  });
  const { port } = new URL(await listenOnLoopback(server, 0));
  return {
    url: `http://latchkey:p%40ss@127.0.0.1:${port}`,
    asked,
    async close() {
      for (const socket of tunnels) socket.destroy();
      await closeServer(server);
    },
  };
}
