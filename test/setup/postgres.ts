import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { killFamily } from "./kill-family.js";
import { type PostgresBinaries, postgresBinaries } from "./postgres-binaries.js";
import { PASSWORD, type TestDatabases, testDatabases, USER } from "./test-databases.js";

const run = promisify(execFile);

/** A PostgreSQL server of one's own, on a loopback port. It ends with this process, whatever ends that. */
export interface PostgresServer extends TestDatabases {
  readonly port: number;
  /** Of its first process; another one after each restart. */
  readonly pid: number;
  /**
   * Stops it and keeps its data. `fast` ends every connection and leaves all in order; `immediate` is as if the
   * power had failed.
   */
  stop(how?: "fast" | "immediate"): Promise<void>;
  /** kill -9 of its first process; the others notice. Keeps its data. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data; stops it before, if it runs. */
  restart(how?: "fast" | "immediate"): Promise<void>;
  /** Stops it for good and removes its data. */
  remove(): Promise<void>;
}

export interface PostgresOptions {
  /** Writes to the disk before it answers, as a real one does. Without it everything is faster. */
  readonly durable?: boolean;
  /** PEM files; then it offers TLS to whoever asks for it. */
  readonly tls?: { readonly keyFile: string; readonly certFile: string };
  /** More lines of its configuration. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts a server in a temporary folder. Whoever started it removes it. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-postgres-"));
  const binaries = await postgresBinaries(folder);
  const data = join(folder, "data");
  const keeper = keep(binaries, data, folder);
  const port = await freePort();
  let pid = 0;
  const control = (...args: readonly string[]) =>
    run(binaries.pgCtl, [...args, "-w", "-D", data], { ...binaries.as, cwd: folder });
  const start = async (): Promise<void> => {
    try {
      await control("start", "-s", "-l", join(folder, "log"));
    } catch (error) {
      const log = await readFile(join(folder, "log"), "utf8").catch(() => "");
      throw new Error(`PostgreSQL did not start:\n${log.slice(-2000)}`, { cause: error });
    }
    pid = Number((await readFile(join(data, "postmaster.pid"), "utf8")).split("\n", 1)[0]);
  };
  const stop = async (how: "fast" | "immediate" = "fast"): Promise<void> => {
    if (pid !== 0) await control("stop", "-s", "-m", how);
    pid = 0;
  };
  const remove = async (): Promise<void> => {
    if (keeper.exitCode !== null) return;
    keeper.ref();
    keeper.stdin?.end();
    await once(keeper, "exit");
  };

  try {
    await makeCluster(binaries, folder, data);
    await configure(binaries, data, port, options);
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    ...testDatabases(port),
    port,
    get pid() {
      return pid;
    },
    stop,
    async kill() {
      await killFamily(pid);
      // Where nobody collects ended processes it would take itself for running.
      await rm(join(data, "postmaster.pid"), { force: true });
      pid = 0;
    },
    async restart(how) {
      await stop(how);
      await start();
    },
    remove,
  };
}

async function makeCluster(binaries: PostgresBinaries, folder: string, data: string): Promise<void> {
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, PASSWORD);
  if (binaries.as.uid !== undefined) await chown(folder, binaries.as.uid, binaries.as.gid ?? -1);
  const how = ["--encoding=UTF8", "--locale=C", "--no-sync", "--auth=scram-sha-256"];
  await run(binaries.initdb, ["-D", data, `--username=${USER}`, `--pwfile=${passwordFile}`, ...how], {
    ...binaries.as,
    cwd: folder,
  });
}

async function configure(
  { as }: PostgresBinaries,
  data: string,
  port: number,
  { durable = false, tls, settings }: PostgresOptions,
): Promise<void> {
  const own = async (file: string): Promise<void> => {
    await chmod(file, 0o600);
    if (as.uid !== undefined) await chown(file, as.uid, as.gid ?? -1);
  };
  if (tls !== undefined) {
    // It does not take a key that others may read.
    for (const [from, to] of [
      [tls.keyFile, "server.key"],
      [tls.certFile, "server.crt"],
    ] as const) {
      await copyFile(from, join(data, to));
      await own(join(data, to));
    }
  }
  const lines = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "150",
    shared_buffers: "32MB",
    wal_level: "minimal",
    max_wal_senders: "0",
    // SCRAM's price is not what is tested, and each test connects anew.
    scram_iterations: "1",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
    ...(tls === undefined ? {} : { ssl: "on" }),
    ...settings,
  };
  const file = join(data, "postgresql.auto.conf");
  await writeFile(
    file,
    Object.entries(lines)
      .map(([name, value]) => `${name} = '${value}'\n`)
      .join(""),
  );
  await own(file);
}

/** In a process group of its own, so that whatever interrupts the tests does not interrupt it too. */
function keep({ pgCtl, as }: PostgresBinaries, data: string, folder: string): ChildProcess {
  const program = fileURLToPath(new URL("./postgres-keeper.mjs", import.meta.url));
  const args = [program, pgCtl, data, folder, String(as.uid ?? ""), String(as.gid ?? "")];
  const keeper = spawn(process.execPath, args, { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  keeper.unref();
  return keeper;
}

/** Below those that systems give out by themselves: nobody takes it while the server is stopped for a while. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}
