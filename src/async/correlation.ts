import { AsyncLocalStorage } from "node:async_hooks";

/** Of what everything belongs to that is done for one activity, one request of a browser or one round of a duty. */
export interface Correlation {
  /** A GUID: on every line of the log, in every record, and with every read of Graph as its `client-request-id`. */
  readonly id: string;
  /** Object id of the person whose activity it is; absent for what no person asked for. */
  readonly askedBy?: string;
}

const running = new AsyncLocalStorage<Correlation>();

/** Everything that `work` begins belongs to it, also what goes on after `work` has returned. */
export function correlated<T>(correlation: Correlation, work: () => T): T {
  return running.run(correlation, work);
}

/** What is being done here; undefined outside of any. */
export function correlation(): Correlation | undefined {
  return running.getStore();
}
