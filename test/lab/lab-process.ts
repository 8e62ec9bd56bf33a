import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import {
  type GraphOptions,
  type SimulatedGraph,
  startGraph,
} from "../../simulators/graph/simulated-graph.js";
import { ROLE } from "../../simulators/tenant/directory-roles.js";
import {
  SAMPLE_PEOPLE,
  type SampleTenantOptions,
  sampleTenant,
} from "../../simulators/tenant/sample-tenant.js";
import type { SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import type { JsonObject } from "../../src/core/json.js";
import { comparablePolicy } from "../../src/core/policy/comparable-policy.js";
import { labScopes } from "../../src/lab/scopes.js";
import { type BundledProgram, bundleProgram } from "../setup/bundle-program.js";
import { testCertificates } from "../setup/test-certificates.js";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One run of the program. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** `npm run lab` as a process of its own, and a tenant whose administrator enters each code at once. */
export class LabProcesses {
  readonly folder = mkdtempSync(join(tmpdir(), "latchkey-lab-"));
  readonly #program: BundledProgram;
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  readonly graph: SimulatedGraph;
  /** Before each request to Graph is dealt with. */
  onRequest: (request: string) => void = () => {};
  /** What the person does who is shown a code. */
  onCode: (userCode: string) => void = (code) => this.entra.deviceCodes.approve(code, SAMPLE_PEOPLE.grace.id);

  private constructor(
    program: BundledProgram,
    tenant: SimulatedTenant,
    entra: SimulatedEntra,
    graph: SimulatedGraph,
  ) {
    this.#program = program;
    this.tenant = tenant;
    this.entra = entra;
    this.graph = graph;
  }

  static async begin(
    options: SampleTenantOptions = {},
    readings: NonNullable<GraphOptions["readings"]> = {},
    built?: BundledProgram,
  ): Promise<LabProcesses> {
    const tenant = sampleTenant({ people: 12, policy: "profiles", ...options });
    tenant.users.get(SAMPLE_PEOPLE.grace.id)?.roles.push(ROLE.globalReader);
    for (const scope of labScopes("")) tenant.consents.delegated.add(scope.replace("/", ""));
    const certificates = await testCertificates();
    const entra = await startEntra({ tenant, certificates, deviceCode: { intervalSeconds: 0 } });
    const program = built ?? (await bundleProgram(new URL("../../src/lab.ts", import.meta.url)));
    const listening: { self?: LabProcesses } = {};
    const graph = await startGraph({
      tenant,
      entra,
      certificates,
      readings,
      hold: async (request) => listening.self?.onRequest(request),
    });
    listening.self = new LabProcesses(program, tenant, entra, graph);
    return listening.self;
  }

  start(...given: readonly string[]): Running {
    const env = {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
      TENANT_ID: this.tenant.tenantId,
      AUTHORITY_HOST: this.entra.url,
      GRAPH_URL: this.graph.url,
    };
    const child = spawn(process.execPath, [this.#program.file, ...given, "--folder", this.folder], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      if (/enter the code/.test(text)) for (const code of this.entra.deviceCodes.pending) this.onCode(code);
    });
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    const ended = once(child, "close").then(() => ({
      code: child.exitCode,
      signal: child.signalCode,
      stdout,
      stderr,
    }));
    return { child, ended };
  }

  run(...given: readonly string[]): Promise<Ended> {
    return this.start(...given).ended;
  }

  get policy(): JsonObject {
    return comparablePolicy(this.tenant.policy as unknown as JsonObject);
  }

  async end(): Promise<void> {
    await this.graph.close();
    await this.entra.close();
    this.#program.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
