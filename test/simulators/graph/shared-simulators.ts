import { afterAll, afterEach, beforeAll } from "vitest";
import { USUAL_READINGS } from "../../../simulators/graph/readings.js";
import { type SamplePolicyName, samplePolicy } from "../../../simulators/tenant/sample-policies.js";
import type { SampleTenantOptions } from "../../../simulators/tenant/sample-tenant.js";
import { approverToken, type RunningSandbox, runSandbox } from "../running-simulators.js";

export interface SharedSandbox extends RunningSandbox {
  /** The app's own token. */
  readonly app: string;
  /** Grace's token: she may write the policy. */
  readonly grace: string;
  /** Puts one of the sample policies in place of today's. */
  startWith(policy: SamplePolicyName): void;
}

/** One sandbox for the tests of a file: readings and faults are as usual again after each, the tenant is not. */
export function sharedSandbox(tenant?: SampleTenantOptions): () => SharedSandbox {
  let shared: SharedSandbox | undefined;
  beforeAll(async () => {
    const sandbox = await runSandbox(tenant === undefined ? {} : { tenant });
    const [app, grace] = await Promise.all([sandbox.appToken(), approverToken(sandbox)]);
    const startWith = (policy: SamplePolicyName) => {
      sandbox.tenant.policy = samplePolicy(policy);
    };
    shared = { ...sandbox, app, grace, startWith };
  });
  afterEach(() => {
    Object.assign(shared?.graph.readings ?? {}, USUAL_READINGS);
    shared?.graph.faults.clear();
  });
  afterAll(() => shared?.close());
  return () => {
    if (shared === undefined) throw new Error("the sandbox is not running yet");
    return shared;
  };
}
