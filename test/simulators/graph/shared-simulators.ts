import { afterAll, afterEach, beforeAll } from "vitest";
import { USUAL_READINGS } from "../../../simulators/graph/readings.js";
import { type SamplePolicyName, samplePolicy } from "../../../simulators/tenant/sample-policies.js";
import type { SampleTenantOptions } from "../../../simulators/tenant/sample-tenant.js";
import { approverToken, type RunningSimulators, runSimulators } from "../running-simulators.js";

export interface SharedSimulators extends RunningSimulators {
  /** The app's own token. */
  readonly app: string;
  /** Grace's token: she may write the policy. */
  readonly grace: string;
  /** Puts one of the sample policies in place of today's. */
  startWith(policy: SamplePolicyName): void;
}

/** One set of simulators for the tests of a file: readings and faults are as usual again after each, the tenant is not. */
export function sharedSimulators(tenant?: SampleTenantOptions): () => SharedSimulators {
  let shared: SharedSimulators | undefined;
  beforeAll(async () => {
    const simulators = await runSimulators(tenant === undefined ? {} : { tenant });
    const [app, grace] = await Promise.all([simulators.appToken(), approverToken(simulators)]);
    const startWith = (policy: SamplePolicyName) => {
      simulators.tenant.policy = samplePolicy(policy);
    };
    shared = { ...simulators, app, grace, startWith };
  });
  afterEach(() => {
    Object.assign(shared?.graph.readings ?? {}, USUAL_READINGS);
    shared?.graph.faults.clear();
  });
  afterAll(() => shared?.close());
  return () => {
    if (shared === undefined) throw new Error("the simulators are not running yet");
    return shared;
  };
}
