import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../faults/until.js";
import { freePort } from "../flow/built-bot.js";
import { installedProgram } from "./installed-program.js";
import { testCertificates } from "./test-certificates.js";

export type ProxyName = "haproxy" | "nginx";

/** A reverse proxy in front of two processes, with the file that operators are given. */
export interface ReverseProxy {
  /** The public address, by https. */
  readonly url: string;
  /** What it wrote. */
  readonly output: () => string;
  stop(): Promise<void>;
}

/** The program of a proxy; undefined where it is not installed. */
export function proxyProgram(name: ProxyName): string | undefined {
  return installedProgram(name, "-v");
}

/** Starts one. @param processes two addresses, with host and port */
export async function startReverseProxy(
  name: ProxyName,
  program: string,
  processes: readonly [string, string],
): Promise<ReverseProxy> {
  const folder = await mkdtemp(join(tmpdir(), `latchkey-${name}-`));
  // Its workers run as another user when root started it.
  await chmod(folder, 0o755);
  const port = await freePort();
  const { cert, key } = await testCertificates();
  const [certificate, keyFile] = [join(folder, "latchkey.pem"), join(folder, "latchkey.key")];
  await writeFile(certificate, name === "haproxy" ? `${cert}\n${key}\n` : cert);
  await writeFile(keyFile, key);
  const bind = `127.0.0.1:${port}`;
  const child =
    name === "haproxy"
      ? haproxy(program, { bind, certificate, processes })
      : await nginx(program, { folder, bind, certificate, keyFile, processes });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const answers = () => {
    if (child.exitCode !== null) throw new Error(`${name} did not start: ${output}`);
    return takesConnections(port);
  };
  await until(answers, () => `${name} to take connections: ${output}`);
  return {
    url: `https://${bind}`,
    output: () => output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        // Of both programs: at once, with its workers.
        child.kill("SIGTERM");
        await once(child, "exit");
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const FILES = { haproxy: "infra/haproxy.cfg", nginx: "infra/nginx.conf" } as const;
const fileOf = (name: ProxyName): string => join(import.meta.dirname, "../..", FILES[name]);

interface Addresses {
  readonly bind: string;
  readonly certificate: string;
  readonly processes: readonly [string, string];
}

function haproxy(program: string, { bind, certificate, processes }: Addresses): ChildProcess {
  const [one, two] = processes;
  const env = {
    PATH: process.env.PATH,
    LATCHKEY_BIND: bind,
    LATCHKEY_CERTIFICATE: certificate,
    LATCHKEY_ONE: one,
    LATCHKEY_TWO: two,
  };
  return spawn(program, ["-db", "-f", fileOf("haproxy")], { env, stdio: ["ignore", "pipe", "pipe"] });
}

async function nginx(
  program: string,
  { folder, bind, certificate, keyFile, processes }: Addresses & { folder: string; keyFile: string },
): Promise<ChildProcess> {
  const given = await readFile(fileOf("nginx"), "utf8");
  const [one, two] = processes;
  const site = [
    ["10.0.0.11:3978", one],
    ["10.0.0.12:3978", two],
    ["listen 443 ssl", `listen ${bind} ssl`],
    ["/etc/nginx/latchkey.pem", certificate],
    ["/etc/nginx/latchkey.key", keyFile],
  ].reduce((text, [from = "", to = ""]) => {
    if (!text.includes(from)) throw new Error(`infra/nginx.conf has no ${from}`);
    return text.replace(from, to);
  }, given);
  const around = [
    "daemon off;",
    `pid ${folder}/pid;`,
    "events {}",
    "http {",
    "access_log off;",
    ...["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((of) => `${of}_temp_path ${folder}/${of};`),
    site,
    "}",
  ];
  const file = join(folder, "nginx.conf");
  await writeFile(file, around.join("\n"));
  return spawn(program, ["-p", folder, "-e", "stderr", "-c", file], { stdio: ["ignore", "pipe", "pipe"] });
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
