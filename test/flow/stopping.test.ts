import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openStage, type Stage } from "./stage.js";

let stage: Stage;
let sockets: Socket[];
beforeEach(async () => {
  sockets = [];
  stage = await openStage({ tenant: { people: 5 } });
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await stage.close();
});

async function connection(said: string): Promise<Socket> {
  const socket = connect(Number(new URL(stage.bot.url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  sockets.push(socket);
  await once(socket, "connect");
  if (said !== "") socket.write(said);
  return socket;
}

const HEAD = "POST /api/messages HTTP/1.1\r\nhost: x\r\n";

it("the process stops within eight seconds whatever is connected, and with 600 that say nothing", async () => {
  const token = await stage.entra.issueChannelToken({ serviceUrl: stage.teams.serviceUrl });
  const kinds = [
    "",
    HEAD,
    `${HEAD}content-length: 500\r\n\r\n{`,
    // The channel's own token: now the body is waited for.
    `${HEAD}authorization: Bearer ${token}\r\ncontent-length: 500\r\n\r\n{"type":`,
    `${HEAD}transfer-encoding: chunked\r\nauthorization: Bearer ${token}\r\n\r\n5\r\n{"typ`,
    "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
    "GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n".repeat(200),
    "CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n",
  ];
  for (const said of kinds) await connection(said);
  await Promise.all(Array.from({ length: 600 }, () => connection("")));
  expect((await fetch(`${stage.bot.url}/healthz`)).status).toBe(200);
  const before = performance.now();
  expect(await stage.bot.stop()).toBe(0);
  expect((performance.now() - before) / 1_000).toBeLessThan(8);
  expect(stage.bot.output).toContain('"stopped"');
});
