import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Libsql from "libsql";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import type { RequestCounts } from "../../simulators/graph/request-log.js";
import { type SimulatedGraph, startGraph } from "../../simulators/graph/simulated-graph.js";
import { bigTenant, readableKeyholders } from "../../simulators/tenant/big-tenant.js";
import { SeededRandom } from "../../simulators/tenant/seeded-random.js";
import { tenantId } from "../../src/core/person.js";
import { openStore } from "../../src/storage/open-store.js";
import { type BundledProgram, bundleProgram } from "../setup/bundle-program.js";
import { testCertificates } from "../setup/test-certificates.js";
import type { ScanChildOptions } from "./scan-child.js";

const KILLS = 20;
const tenant = bigTenant({ people: 40_000, withPasskeys: 0.92, seed: 7 });

let program: BundledProgram;
let entra: SimulatedEntra;
let graph: SimulatedGraph;
beforeAll(async () => {
  program = await bundleProgram(new URL("./scan-child.ts", import.meta.url));
  const certificates = await testCertificates();
  entra = await startEntra({ tenant, certificates });
  graph = await startGraph({ tenant, entra, certificates, keepRequests: false });
});
afterAll(async () => {
  await graph.close();
  await entra.close();
  program.remove();
});

const folders: string[] = [];
let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill("SIGKILL");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-killed-"));
  folders.push(folder);
  return folder;
}

/**
 * Scans as a process until that ends by itself, or is killed.
 * @param killAt killed as soon as Graph has been asked so often; undefined: left alone
 * @returns whether it said that the scan has finished
 */
async function runScan(dataDir: string, killAt?: number): Promise<boolean> {
  const { clientId, clientSecret } = tenant;
  const options: ScanChildOptions = {
    dataDir,
    tenantId: tenant.tenantId,
    clientId,
    clientSecret,
    entraUrl: entra.url,
    graphUrl: graph.url,
  };
  const scanning = spawn(process.execPath, [program.file, JSON.stringify(options)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child = scanning;
  let said = "";
  scanning.stdout.on("data", (text) => {
    said += text;
  });
  const unwatch = graph.onChange(() => {
    if (killAt !== undefined && graph.counts.counted >= killAt) scanning.kill("SIGKILL");
  });
  await once(scanning, "close");
  unwatch();
  return said.includes("finished");
}

async function found(dataDir: string) {
  const store = await openStore({ dataDir });
  try {
    const id = tenantId(tenant.tenantId);
    const inventory = await store.scans.latest(id);
    if (inventory === undefined) throw new Error("no finished scan is in the store");
    const holders: string[] = [];
    for await (const page of store.scans.keyholders(id, inventory.scanId)) {
      holders.push(...page.map((person) => person.id));
    }
    return { inventory, holders };
  } finally {
    await store.close();
  }
}

/** What is in the database, the rows of which no scan speaks included. */
function rowsIn(dataDir: string) {
  const database = new Libsql(join(dataDir, "latchkey.db"));
  try {
    return {
      scans: database.prepare("select state, scan_id from scans").all(),
      people: database.prepare("select scan_id, count(*) as people from scan_people group by scan_id").all(),
    };
  } finally {
    database.close();
  }
}

function truth() {
  const people = readableKeyholders(tenant);
  const models = new Map<string, number>();
  for (const { passkeys } of people) {
    for (const aaguid of new Set(passkeys.map((passkey) => passkey.aaGuid.toLowerCase()))) {
      models.set(aaguid, (models.get(aaguid) ?? 0) + 1);
    }
  }
  return { ids: people.map((person) => person.id).sort(), models };
}

async function expectTruth(dataDir: string): Promise<void> {
  const { ids, models } = truth();
  const { inventory, holders } = await found(dataDir);
  const { scanId } = inventory;
  expect(rowsIn(dataDir)).toEqual({
    scans: [{ state: "finished", scan_id: scanId }],
    people: [{ scan_id: scanId, people: inventory.asked }],
  });
  expect(holders).toEqual(ids);
  expect(inventory).toMatchObject({ kind: "full", keyholders: ids.length, unreadCount: 0, carried: 0 });
  expect(new Map(inventory.models.map((model) => [model.aaguid, model.people]))).toEqual(models);
}

async function counting(work: () => Promise<void>): Promise<RequestCounts> {
  graph.resetCounts();
  await work();
  return graph.counts;
}

it("a scan that is killed twenty times finds what one left alone finds, and asks Graph at most 5 % more", async () => {
  const alone = newFolder();
  const uninterrupted = await counting(async () => {
    expect(await runScan(alone)).toBe(true);
  });
  await expectTruth(alone);

  const killed = newFolder();
  const random = new SeededRandom(20);
  const moments = Array.from({ length: KILLS }, () => random.below(uninterrupted.counted)).sort(
    (a, b) => a - b,
  );
  const interrupted = await counting(async () => {
    for (const moment of moments) {
      expect(await runScan(killed, Math.max(moment, graph.counts.counted + 1))).toBe(false);
    }
    expect(await runScan(killed)).toBe(true);
  });
  await expectTruth(killed);
  expect(interrupted.counted).toBeLessThanOrEqual(1.05 * uninterrupted.counted);
  expect(interrupted.http).toBeLessThanOrEqual(1.05 * uninterrupted.http);
}, 300_000);
