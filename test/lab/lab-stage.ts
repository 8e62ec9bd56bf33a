import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GraphOptions } from "../../simulators/graph/simulated-graph.js";
import { ROLE } from "../../simulators/tenant/directory-roles.js";
import { SAMPLE_PEOPLE, type SampleTenantOptions } from "../../simulators/tenant/sample-tenant.js";
import { Stop } from "../../src/async/stop.js";
import type { FactId } from "../../src/facts/facts.js";
import { DelegatedToken } from "../../src/graph/delegated-token.js";
import { Journal } from "../../src/lab/journal.js";
import { LabGraph } from "../../src/lab/lab-graph.js";
import type { Finding } from "../../src/lab/question.js";
import type { LabReport } from "../../src/lab/report.js";
import { restoreFromJournal } from "../../src/lab/restore.js";
import { type LabOptions, type LabOutcome, runLab } from "../../src/lab/run-lab.js";
import { labScopes } from "../../src/lab/scopes.js";
import { type RunningSimulators, runSimulators } from "../simulators/running-simulators.js";

const SCOPES = labScopes("https://graph.microsoft.com");
/** Waits of the lab are real ones made short: none is for a clock of the simulators'. */
const SHORT_MS = 5;

/** The lab in a simulated tenant, with what it said. */
export class LabStage {
  readonly folder = mkdtempSync(join(tmpdir(), "latchkey-lab-"));
  readonly journal = new Journal(this.folder);
  readonly said: string[] = [];
  readonly asked: string[] = [];
  isAgreed = true;
  onSaid: (line: string) => void = () => {};
  stop = new Stop();
  readonly simulators: RunningSimulators;
  readonly #token: DelegatedToken;

  private constructor(simulators: RunningSimulators, token: string) {
    this.simulators = simulators;
    this.#token = new DelegatedToken(token);
  }

  static async begin(tenant: SampleTenantOptions = {}, graph: Partial<GraphOptions> = {}): Promise<LabStage> {
    const simulators = await runSimulators({ tenant: { policy: "profiles", ...tenant }, graph });
    const { users, consents } = simulators.tenant;
    users.get(SAMPLE_PEOPLE.grace.id)?.roles.push(ROLE.globalReader);
    for (const scope of SCOPES) consents.delegated.add(scope.slice(scope.lastIndexOf("/") + 1));
    return new LabStage(simulators, await simulators.tokenFor(SAMPLE_PEOPLE.grace.id, SCOPES.join(" ")));
  }

  get graph(): LabGraph {
    return new LabGraph({
      graphUrl: this.simulators.graph.url,
      token: async () => this.#token,
      clock: this.#clock,
    });
  }

  get #clock() {
    return {
      now: () => new Date(),
      newId: () => crypto.randomUUID(),
      sleep: (milliseconds: number) =>
        new Promise<void>((resolve) => setTimeout(resolve, Math.min(milliseconds, SHORT_MS))),
    };
  }

  get #ports() {
    return {
      graph: this.graph,
      journal: this.journal,
      clock: this.#clock,
      stop: this.stop,
      say: (line: string) => {
        this.said.push(line);
        this.onSaid(line);
      },
      confirm: async (question: string) => {
        this.asked.push(question);
        return this.isAgreed;
      },
    };
  }

  run(options: Partial<LabOptions> = {}): Promise<LabOutcome> {
    return runLab(this.#ports, {
      tenantId: this.simulators.tenant.tenantId,
      graphUrl: this.simulators.graph.url,
      cloud: "public",
      tenantName: undefined,
      isDry: false,
      allowed: { migration: false, leftover: false },
      auditWaitMinutes: 0,
      ...options,
    });
  }

  async report(options: Partial<LabOptions> = {}): Promise<LabReport> {
    const outcome = await this.run(options);
    if (outcome.kind !== "ran") throw new Error(JSON.stringify(outcome));
    return outcome.report;
  }

  restore() {
    return restoreFromJournal(this.#ports, { tenantId: this.simulators.tenant.tenantId });
  }

  async end(): Promise<void> {
    await this.simulators.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function findingOf(report: LabReport, fact: FactId): Finding | undefined {
  return report.facts.find((each) => each.fact === fact)?.finding;
}
