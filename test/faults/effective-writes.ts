import type { RequestRecord } from "../../simulators/graph/request-log.js";
import type { SimulatedGraph } from "../../simulators/graph/simulated-graph.js";
import type { SimPolicy, SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";

/** What changed the policy, as the tenant itself saw it. */
export interface EffectiveWrites {
  /** Each PATCH that took effect, answered or not, in order. */
  readonly patches: readonly RequestRecord[];
  /** Changes the policy as somebody else does, in the portal. */
  edit(by: string, mutate: (policy: SimPolicy) => void): void;
  /** Puts another policy in place without anybody having done so: the next story begins with it. */
  reset(policy: SimPolicy): void;
}

/** Looks at the policy itself: whether a request was answered says nothing about what it did. */
export function watchWrites(tenant: SimulatedTenant, graph: SimulatedGraph): EffectiveWrites {
  const patches: RequestRecord[] = [];
  let held = tenant.policy;
  let isPortal = false;
  Object.defineProperty(tenant, "policy", {
    get: () => held,
    set(next: SimPolicy) {
      held = next;
      if (isPortal) return;
      // While its work is being done, a request has no status yet. Nobody else may change the policy.
      const doing = graph
        .patches()
        .findLast((patch) => patch.status === undefined && !patches.includes(patch));
      if (doing === undefined) throw new Error("the policy changed without a PATCH");
      patches.push(doing);
    },
  });
  return {
    patches,
    edit(by, mutate) {
      isPortal = true;
      try {
        graph.portalEdit(by, mutate);
      } finally {
        isPortal = false;
      }
    },
    reset(policy) {
      held = structuredClone(policy);
    },
  };
}
