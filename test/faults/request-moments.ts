import type { RequestRecord } from "../../simulators/graph/request-log.js";
import type { FaultWorld } from "./fault-world.js";

/** Before anything was done about a request, or right after it was done. */
export type When = "before" | "after";

/** Does something at the n-th request to Graph from now on. */
export interface AtRequest {
  /** The requests since, in the order they came. */
  readonly requests: readonly RequestRecord[];
  /** Whether it came that far. */
  readonly happened: boolean;
  end(): void;
}

/** @param n counts from 1 */
export function atRequest(world: FaultWorld, n: number, when: When, act: () => void): AtRequest {
  const { graph } = world;
  const begin = graph.requests.length;
  const since = () => graph.requests.slice(begin);
  const usual = world.onGraphRequest;
  let happened = false;
  const once = (): void => {
    if (happened) return;
    happened = true;
    act();
  };
  world.onGraphRequest = () => {
    if (when === "before" && since().length === n) once();
    return usual();
  };
  const unwatch = graph.onChange(() => {
    // A request that was never answered is over too when its connection is.
    if (when === "after" && since()[n - 1]?.status !== undefined) once();
  });
  return {
    get requests() {
      return since();
    },
    get happened() {
      return happened;
    },
    end() {
      world.onGraphRequest = usual;
      unwatch();
    },
  };
}

export function isPolicyRead({ method, path }: RequestRecord): boolean {
  return method === "GET" && path.toLowerCase().includes("/authenticationmethodconfigurations/");
}
