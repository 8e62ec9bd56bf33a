/**
 * What goes wrong at the connector. `status` is answered instead of doing anything, or although it was done; `cut` ends the connection without
 * an answer, before the request was taken or after it; `late` takes it and answers only later. After a `cut: "after"`
 * or a long `late` the bot cannot know whether its message arrived.
 */
export type ConnectorFault =
  | {
      readonly kind: "status";
      readonly status: number;
      /** As the Retry-After header has it: seconds, or a date. */
      readonly retryAfter?: string;
      /** It was done all the same, as behind a gateway that gave up waiting. */
      readonly taken?: true;
    }
  | { readonly kind: "cut"; readonly when: "before" | "after" }
  | { readonly kind: "late"; readonly milliseconds: number };

export interface ConnectorFaultScope {
  /** Any when left out. */
  readonly method?: string;
  readonly conversation?: string;
  /** How many requests it strikes; 1 when left out. */
  readonly times?: number;
}

/** Faults strike in the order they were put up. */
export class ConnectorFaults {
  #armed: { readonly fault: ConnectorFault; readonly scope: ConnectorFaultScope; left: number }[] = [];

  /** Puts up a fault for the next matching requests. */
  next(fault: ConnectorFault, scope: ConnectorFaultScope = {}): void {
    this.#armed.push({ fault, scope, left: scope.times ?? 1 });
  }

  clear(): void {
    this.#armed = [];
  }

  /** The fault that strikes this request, if one does: it is used up by one. */
  strike(request: { readonly method: string; readonly conversation: string }): ConnectorFault | undefined {
    const entry = this.#armed.find(
      ({ scope, left }) =>
        left > 0 &&
        (scope.method ?? request.method) === request.method &&
        (scope.conversation ?? request.conversation) === request.conversation,
    );
    if (entry === undefined) return undefined;
    entry.left -= 1;
    return entry.fault;
  }
}
