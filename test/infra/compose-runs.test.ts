import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { request as httpsRequest } from "node:https";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../simulators/http/loopback-server.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import type { Launch } from "../flow/bot-process.js";
import { freePort } from "../flow/built-bot.js";
import { becomes, finishedScan } from "../flow/scan-facts.js";
import { openStage, type Stage } from "../flow/stage.js";
import { eventually, wholeText } from "../flow/teams.js";
import { type ConnectProxy, startConnectProxy } from "../outbound/connect-proxy.js";
import { testCertificates } from "../setup/test-certificates.js";
import { type ContainerEngine, engineWith } from "./container-engine.js";

const { ada, grace } = SAMPLE_PEOPLE;
const ROOT = join(import.meta.dirname, "../..");
const IMAGE = "latchkey:test";
const PROJECT = `latchkey-test-${process.pid}`;
/** Below it the simulators have names: from inside a container, this machine is not localhost. */
const DOMAIN = "behind-proxy.test";
const SECRETS = ["client_secret", "database_url", "database_password", "record_key"] as const;
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const base = /^FROM (\S+) AS/m.exec(read("Dockerfile"))?.[1] ?? "";
const others = [...read("compose.yaml").matchAll(/^ {4}image: (\S+)$/gm)].map(([, image = ""]) => image);
const { engine, skipped } = await engineWith([base, ...others.filter((image) => !/^latchkey:/.test(image))]);

describe.skipIf(engine === undefined)(`compose.yaml, as it stands${skipped}`, () => {
  const containers = engine as ContainerEngine;
  let folder: string;
  let proxy: ConnectProxy;
  let wayOut: Server;
  let front: LoopbackServer;
  let stage: Stage;
  const words = () => {
    const files = [join(ROOT, "compose.yaml"), join(folder, "test.yaml")].flatMap((file) => ["--file", file]);
    return ["compose", "--project-name", PROJECT, "--project-directory", folder, ...files];
  };
  const run = (...more: readonly string[]) => containers.output(...words(), ...more);

  beforeAll(async () => {
    await containers.output("build", "--tag", IMAGE, ROOT);
    folder = mkdtempSync(join(tmpdir(), "latchkey-compose-"));
    mkdirSync(join(folder, "infra/compose/secrets"), { recursive: true });
    copyFileSync(join(ROOT, "infra/compose/Caddyfile"), join(folder, "infra/compose/Caddyfile"));
    proxy = await startConnectProxy(DOMAIN);
    const outside = new URL(proxy.url);
    wayOut = await relayFor(Number(outside.port), await gatewayOf(containers));
    outside.host = addressOf(wayOut);
    const tlsPort = await freePort();
    stage = await openStage({
      domain: DOMAIN,
      env: { HTTPS_PROXY: outside.href, PUBLIC_URL: "https://localhost/" },
      launch: launcher(tlsPort),
    });
    front = await throughCaddy(tlsPort);
    stage.teams.botUrl = front.url;
    await stage.teams.install(grace);
  });
  afterAll(async () => {
    await run("down", "--volumes").catch(() => undefined);
    wayOut?.close();
    await Promise.all([front?.close(), stage?.close(), proxy?.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  /** What a person fills in, and beside the file only how this machine is reached and trusted. */
  const launcher =
    (tlsPort: number): Launch =>
    ({ PATH, HOST, DATA_DIR, PORT, NODE_EXTRA_CA_CERTS, ...env }) => {
      const { CLIENT_SECRET = "" } = env;
      const password = "a-password-of-no-value";
      const secrets: Record<(typeof SECRETS)[number], string> = {
        client_secret: CLIENT_SECRET,
        database_url: `postgres://latchkey:${password}@db/latchkey?sslmode=disable`,
        database_password: password,
        record_key: "0123456789abcdef".repeat(4),
      };
      for (const name of SECRETS)
        writeFileSync(join(folder, "infra/compose/secrets", name), `${secrets[name]}\n`);
      const lines = Object.entries(env).map(([key, value]) => `${key}=${value}\n`);
      writeFileSync(join(folder, ".env"), lines.join(""));
      const beside = {
        latchkey: [
          `image: ${IMAGE}`,
          "environment: { NODE_EXTRA_CA_CERTS: /ca.pem }",
          `volumes: ["${NODE_EXTRA_CA_CERTS}:/ca.pem:ro"]`,
          `ports: !override ["127.0.0.1:${PORT}:3978"]`,
        ],
        proxy: [`ports: !override ["127.0.0.1:${tlsPort}:443"]`],
      };
      const services = Object.entries(beside).flatMap(([name, its]) => [
        `  ${name}:`,
        ...its.map((line) => `    ${line}`),
      ]);
      writeFileSync(join(folder, "test.yaml"), ["services:", ...services].join("\n"));
      return containers.start(...words(), "up", "--no-build");
    };

  /** Stands in for Teams' trust in a certificate authority: Caddy made this one itself. */
  async function throughCaddy(port: number): Promise<LoopbackServer> {
    const authority = "/data/caddy/pki/authorities/local/root.crt";
    const ca = await eventually(
      () => run("exec", "-T", "proxy", "cat", authority).catch(() => undefined),
      () => "Caddy to make its certificate",
    );
    return startLoopbackServer({
      certificates: await testCertificates(),
      async answer(request, response) {
        const { method, url, headers } = request;
        const of = {
          host: "localhost",
          port,
          path: url,
          method,
          ca,
          headers: { ...headers, host: "localhost" },
        };
        const onward = httpsRequest(of, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        onward.on("error", () => response.writeHead(502).end());
        request.pipe(onward);
      },
    });
  }

  it("scans, plans and applies through the proxy, on the database, with the key of the record", async () => {
    const { teams, graph } = stage;
    await teams.say(ada, "scan");
    await finishedScan(stage, teams.chatOf(ada));
    await teams.say(ada, "enable passkeys");
    const plan = await teams.findText(teams.chatOf(grace), "Plan #1");
    await teams.press(grace, plan, "Approve");
    await becomes(stage, plan, /Applied and verified/);
    expect(graph.patches()).toHaveLength(1);
    const verified = await run("exec", "-T", "latchkey", "node", "audit.mjs", "verify");
    expect(verified).toMatch(/: intact[\s\S]*\b[1-9]\d* records proven by RECORD_KEY/);
  });

  it("shows the outside what Teams and people need, and no more", async () => {
    const statusOf = async (path: string) => (await fetch(front.url + path)).status;
    const inner = ["/healthz", "/readyz", "/metrics", "/"];
    expect(await Promise.all(inner.map(statusOf))).toEqual(inner.map(() => 404));
    expect((await fetch(`${front.url}/api/messages`, { method: "POST" })).status).toBe(401);
    expect((await fetch(`${stage.bot.url}/metrics`)).status).toBe(200);
    const inside = await containers.output(
      "network",
      "inspect",
      "--format",
      "{{.Internal}}",
      `${PROJECT}_inside`,
    );
    expect(inside).toBe("true");
  });

  it("makes a backup that can be taken away", async () => {
    const said = await run("exec", "-T", "latchkey", "node", "store.mjs", "backup", "/data/backup");
    expect(said).toMatch(/: [1-9]\d+ rows/);
    await run("cp", "latchkey:/data/backup", join(folder, "backup"));
    expect(readFileSync(join(folder, "backup")).length).toBeGreaterThan(0);
  });

  it("goes on when the database was started anew, and is ended in time by itself", async () => {
    const { teams } = stage;
    await run("restart", "db");
    await eventually(
      async () => (await fetch(`${stage.bot.url}/readyz`)).ok || undefined,
      () => `the bot to be ready again:\n${stage.bot.output}`,
    );
    const seen = teams.messages.length;
    await teams.say(ada, "show 1");
    await eventually(
      () => teams.messages.slice(seen).some((message) => wholeText(message).includes("Applied")) || undefined,
      () => "plan 1 to be shown",
    );
    await run("stop");
    const states = await run("ps", "--all", "--format", "{{.Service}} {{.ExitCode}}");
    expect(states.split("\n").sort()).toEqual(["db 0", "latchkey 0", "proxy 0"]);
  });
});

/** How a container reaches this machine: the way out of it, which the kernel writes backwards and in hex. */
async function gatewayOf(containers: ContainerEngine): Promise<string> {
  const routes = await containers.output("run", "--rm", IMAGE, "cat", "/proc/net/route");
  const [, hex = ""] = /^\S+\s+00000000\s+([0-9A-F]{8})/m.exec(routes) ?? [];
  return [...Buffer.from(hex, "hex")].reverse().join(".");
}

/** Listens where containers get to, and leads to a port of this machine. */
async function relayFor(port: number, host: string): Promise<Server> {
  const relay = createServer((socket) => {
    const onward = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      one.pipe(other);
      one.on("error", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => relay.listen(0, host, resolve));
  return relay;
}

function addressOf(server: Server): string {
  const { address, port } = server.address() as AddressInfo;
  return `${address}:${port}`;
}
