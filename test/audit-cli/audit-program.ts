import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Libsql from "libsql";
import type { AuditEvent } from "../../src/core/audit/record.js";
import type { Plan, PlanState } from "../../src/core/plan/plan.js";
import { planEntry } from "../../src/core/plan/plan-entry.js";
import type { Some } from "../../src/core/stores/plan-store.js";
import { openStore, type Store } from "../../src/storage/open-store.js";
import {
  ADA,
  AT,
  applying,
  BOB,
  cancelled,
  draft,
  entry,
  OTHER_TENANT,
  ROOM,
  TENANT,
} from "../contracts/stored-things.js";
import { type BundledProgram, bundleProgram } from "../setup/bundle-program.js";

/** How a run of the program ended. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run audit`, as a process of its own. */
export class AuditProgram {
  readonly #program: BundledProgram;
  private constructor(program: BundledProgram) {
    this.#program = program;
  }

  static async bundle(): Promise<AuditProgram> {
    return new AuditProgram(await bundleProgram(new URL("../../src/audit-cli.ts", import.meta.url)));
  }

  run(dataDir: string, ...given: readonly string[]): Promise<Ran> {
    return this.runOn({ DATA_DIR: dataDir }, ...given);
  }

  /** @param store nothing else of a bot's settings: no secret is needed to look */
  async runOn(store: NodeJS.ProcessEnv, ...given: readonly string[]): Promise<Ran> {
    const env = { PATH: process.env.PATH, ...store };
    const child = spawn(process.execPath, [this.#program.file, ...given], { env });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    await once(child, "close");
    return { code: child.exitCode, stdout, stderr };
  }

  /** Stops reading at once, as `head -1` does. */
  async runUntilFirstOutput(dataDir: string, ...given: readonly string[]): Promise<Omit<Ran, "stdout">> {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir };
    const child = spawn(process.execPath, [this.#program.file, ...given], { env });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    child.stdout.once("data", () => child.stdout.destroy());
    await once(child, "close");
    return { code: child.exitCode, stderr };
  }

  remove(): void {
    this.#program.remove();
  }
}

/** A folder with the store of a bot that is running, and a life in it. */
export class RecordedLife {
  readonly folder = mkdtempSync(join(tmpdir(), "latchkey-audit-"));
  readonly dataDir = join(this.folder, "data");
  store!: Store;

  /** Plan #1 was applied, #2 cancelled, #3 waits: seven records. */
  static async begin(): Promise<RecordedLife> {
    const life = new RecordedLife();
    life.store = await openStore({ dataDir: life.dataDir });
    const first = await life.propose();
    const locked = await life.move(first, applying, "plan-approved", "write-intended");
    const ids = { clientRequestId: "request-1", requestId: "graph-1" };
    await life.move(locked, { kind: "applied", by: BOB, at: AT, ...ids, otherWriters: [] }, "write-verified");
    await life.move(await life.propose(), cancelled, "plan-cancelled");
    await life.propose();
    return life;
  }

  propose(tenantId = TENANT): Promise<Plan> {
    const about = { tenantId, at: AT, by: ADA, conversation: ROOM, revision: 1 };
    return this.store.plans.create(draft({ tenantId }), [
      { ...about, event: "plan-proposed", detail: { command: "enable passkeys" } },
    ]);
  }

  async move(plan: Plan, state: PlanState, ...[first, ...more]: Some<AuditEvent>): Promise<Plan> {
    const record = (event: AuditEvent) => planEntry(plan, event, AT, { by: BOB, conversation: ROOM });
    const stored = await this.store.plans.replace({ ...plan, state }, [record(first), ...more.map(record)]);
    if (stored.kind !== "replaced") throw new Error(stored.kind);
    return stored.plan;
  }

  /** What somebody else did, in another tenant of the same store. */
  async addTenant(): Promise<void> {
    await this.store.audit.append(entry({ tenantId: OTHER_TENANT, event: "approval-room-set" }));
  }

  /** Runs statements behind the store's back, as somebody with the file in hand can. */
  meddle(sql: string): void {
    const database = new Libsql(join(this.dataDir, "latchkey.db"));
    database.exec(sql);
    database.close();
  }

  /** As a process that has seen nothing of the record. */
  async startAnew(): Promise<void> {
    await this.store.close();
    this.store = await openStore({ dataDir: this.dataDir });
  }

  async end(): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
