import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { installedProgram } from "./installed-program.js";
import { PASSWORD, USER } from "./test-databases.js";

/** PgBouncer, in front of a server. It is in Debian's package of the same name. */
export interface PgBouncer {
  /** The address of a database of the server, by way of it. */
  through(url: string): string;
  stop(): Promise<void>;
}

/** PgBouncer's program; undefined where it is not installed. */
export function pgBouncerProgram(): string | undefined {
  return installedProgram("pgbouncer", "--version");
}

/** Starts one. Few connections to the server, so that processes get each other's. */
export async function startPgBouncer(
  program: string,
  { server, mode }: { readonly server: string; readonly mode: "session" | "transaction" },
): Promise<PgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-pgbouncer-"));
  const port = await freePort();
  const { hostname, port: serverPort } = new URL(server);
  await writeFile(join(folder, "users"), `"${USER}" "${PASSWORD}"\n`);
  const lines = [
    "[databases]",
    `* = host=${hostname} port=${serverPort}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = scram-sha-256",
    `auth_file = ${join(folder, "users")}`,
    `pool_mode = ${mode}`,
    `default_pool_size = ${mode === "session" ? 30 : 4}`,
  ];
  await writeFile(join(folder, "ini"), `${lines.join("\n")}\n`);
  await chmod(folder, 0o755);
  // It refuses to run as root.
  const as = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const child = spawn(program, ["-q", ...as, join(folder, "ini")], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`PgBouncer did not start: ${said}`);
    await sleep(20);
  }
  return {
    through(url) {
      const address = new URL(url);
      address.port = String(port);
      return address.href;
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
