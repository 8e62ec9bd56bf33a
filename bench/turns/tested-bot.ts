import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-people.js";
import type { DirectoryProcess } from "../directory-process.js";
import type { KeptIn } from "../kept-in.js";
import type { BenchRun } from "../part.js";
import { startProgram } from "../program.js";
import type { EchoOptions } from "./echo-process.js";
import type { EchoWork } from "./echo-work.js";

/** A bot in a process of its own. */
export interface TestedBot {
  readonly url: string;
  /** Processor time it has used since it started, user and system. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/** A baseline. */
export async function startEcho(
  run: BenchRun,
  directory: DirectoryProcess,
  work: EchoWork,
): Promise<TestedBot> {
  const { access, channel, caFile } = directory;
  const program = startProgram({
    script: run.script("turns/echo-process"),
    options: { ...access, channel, work } satisfies EchoOptions,
    folder: run.folder,
    caFile,
  });
  const { port } = (await program.hear()) as { readonly port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    async cpuSeconds() {
      program.say({});
      return ((await program.hear()) as { readonly seconds: number }).seconds;
    },
    stop: () => program.end(),
  };
}

let started = 0;

/** Latchkey, as an operator runs it, with the simulators' addresses. @throws when it does not become ready */
export async function startLatchkey(
  run: BenchRun,
  directory: DirectoryProcess,
  keptIn: KeptIn,
): Promise<TestedBot> {
  const { access, channel, caFile } = directory;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  started += 1;
  const logFile = join(run.folder, `bot-${started}.log`);
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, [run.botEntry], {
    env: {
      PATH: process.env.PATH,
      TMPDIR: run.folder,
      NODE_EXTRA_CA_CERTS: caFile,
      HOST: "127.0.0.1",
      PORT: String(port),
      CLIENT_ID: access.clientId,
      TENANT_ID: access.tenantId,
      CLIENT_SECRET: access.clientSecret,
      PUBLIC_URL: "https://latchkey.example",
      AUTHORITY_HOST: access.entraUrl,
      GRAPH_URL: access.graphUrl,
      BOT_OPENID_METADATA_URL: channel.openIdMetadataUrl,
      BOT_TOKEN_ISSUER: channel.issuer,
      EMERGENCY_ACCOUNTS: [SAMPLE_PEOPLE.emergency1.id, SAMPLE_PEOPLE.emergency2.id].join(","),
      FIDO_METADATA_URL: "",
      // The policy is put back between plans, which would look like somebody's doing.
      DRIFT_CHECK_MINUTES: "0",
      ...keptIn,
    },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const kill = () => child.kill("SIGKILL");
  process.prependOnceListener("exit", kill);
  const gone = once(child, "exit").finally(() => process.removeListener("exit", kill));
  await untilReady(url, child, logFile);
  return {
    url,
    cpuSeconds: () => cpuOf(url),
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

async function untilReady(url: string, child: ChildProcess, logFile: string): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    if (child.exitCode !== null) break;
    await sleep(50);
  }
  throw new Error(`the bot did not become ready:\n${readFileSync(logFile, "utf8").slice(-2_000)}`);
}

async function cpuOf(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const line = /^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1];
  if (line === undefined) throw new Error(`${url}/metrics does not say how much processor time was used`);
  return Number(line);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
