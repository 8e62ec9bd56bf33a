import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "../../../../src/core/audit/chain.js";
import { openStore } from "../../../../src/storage/open-store.js";
import { TENANT } from "../../../contracts/stored-things.js";
import { type BundledProgram, bundleProgram } from "../../../setup/bundle-program.js";

/** A child with the store open in it, or refused. */
interface Child {
  readonly process: ChildProcess;
  /** Everything it said so far. */
  readonly lines: readonly string[];
  /** The first line that begins so. */
  said(beginning: string): Promise<string>;
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

let program: BundledProgram;
let dataDir: string;
let children: Child[];

beforeAll(async () => {
  program = await bundleProgram(new URL("./child-store.ts", import.meta.url));
});
afterAll(() => program.remove());

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "latchkey-store-"));
  children = [];
});
afterEach(async () => {
  for (const child of children) await child.end("SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
});

function start(mode: "hold" | "write" = "hold"): Child {
  const child = spawn(process.execPath, [program.file, dataDir, mode], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  const started: Child = {
    process: child,
    lines,
    async said(beginning) {
      for (;;) {
        const line = lines.find((candidate) => candidate.startsWith(beginning));
        if (line !== undefined) return line;
        await once(reader, "line", { signal: AbortSignal.timeout(10_000) });
      }
    },
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, "exit");
    },
  };
  children.push(started);
  return started;
}

describe("one folder is used by one process", () => {
  it("refuses a second process and names the first", async () => {
    const first = start();
    await first.said("open");
    const second = start();
    expect(await second.said("refused")).toBe(
      `refused: another Latchkey process (pid ${first.process.pid}) uses ${dataDir}: ` +
        "stop it, or give this one another DATA_DIR.",
    );
    await expect(openStore({ dataDir })).rejects.toMatchObject({
      name: "Fault",
      code: "store-unavailable",
      message: expect.stringContaining(`pid ${first.process.pid}`),
    });
  });

  it("lets exactly one of several in that start at the same time", async () => {
    const all = Array.from({ length: 4 }, () => start());
    await Promise.all(all.map((child) => Promise.race([child.said("open"), child.said("refused")])));
    expect(all.flatMap((child) => child.lines).filter((line) => line === "open")).toHaveLength(1);
  });

  it("keeps refusing when the process id beside the lock is gone", async () => {
    await start().said("open");
    rmSync(join(dataDir, "latchkey.pid"));
    await expect(openStore({ dataDir })).rejects.toThrow("another Latchkey process (pid unknown)");
  });

  it("refuses a second opening in the same process, and lets it in after the first is closed", async () => {
    const store = await openStore({ dataDir });
    await expect(openStore({ dataDir })).rejects.toThrow(`pid ${process.pid}`);
    await store.close();
    const again = await openStore({ dataDir });
    // A late second close of the first must not take the folder from the one that has it now.
    await store.close();
    expect(readFileSync(join(dataDir, "latchkey.pid"), "utf8")).toBe(`${process.pid}\n`);
    await expect(openStore({ dataDir })).rejects.toThrow(`pid ${process.pid}`);
    await again.close();
  });

  it("is free again after the process ended as it should", async () => {
    const first = start();
    await first.said("open");
    await first.end("SIGTERM");
    await start().said("open");
  });

  it("is free again after kill -9: no lock is left behind", async () => {
    for (let round = 0; round < 3; round++) {
      const child = start();
      await child.said("open");
      await child.end("SIGKILL");
    }
    const store = await openStore({ dataDir });
    expect(await store.isReady()).toBe(true);
    await store.close();
  });

  it("loses nothing that was answered when killed while it writes", async () => {
    for (let round = 0; round < 3; round++) {
      const child = start("write");
      await child.said("stored");
      await new Promise((resolve) => setTimeout(resolve, 50));
      await child.end("SIGKILL");
      const answered = child.lines
        .filter((line) => line.startsWith("stored"))
        .map((line) => Number(line.slice(7)));

      const store = await openStore({ dataDir });
      const plans = await store.plans.open(TENANT);
      const numbers = plans.map((plan) => plan.number);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      expect(numbers.length).toBeGreaterThanOrEqual(answered.at(-1) ?? 0);
      const records = await store.audit.read(TENANT, { limit: 100_000 });
      expect(verifyChain(records)).toMatchObject({ kind: "intact", head: { sequence: plans.length } });
      await store.close();
    }
  });
});
