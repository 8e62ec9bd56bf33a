import { conversationId, tenantId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import type { ScanNews } from "../../../src/core/scan/scan.js";
import type { CardKey, PostingIntent } from "../../../src/core/stores.js";
import { approverChats } from "../../../src/teams/board/approvers/approver-chats.js";
import { recentApprovers } from "../../../src/teams/board/approvers/recent-approvers.js";
import { driftCards, driftKey } from "../../../src/teams/board/drift-cards.js";
import { LiveCards } from "../../../src/teams/board/live-cards.js";
import type { Connected } from "../../../src/teams/board/outside.js";
import { planCards, planKey } from "../../../src/teams/board/plan-cards.js";
import { numberedNews, type ScanState, scanCards, scanKey } from "../../../src/teams/board/scan-cards.js";
import { aDrift } from "../cards/drift/sample-drifts.js";
import { ADA, enablePlan, GRACE } from "../cards/plan/sample-plans.js";
import { aScan, running } from "../cards/scan/sample-scans.js";
import type { BoardProcess, BoardStage } from "./board-stage.js";

/** The cards of one plan, drift or scan in one process; its states are 1, 2, 3 ... and then the end. */
export interface Drawn {
  /** Stores the state, as a process that changes it does, and tells of it. @param intents stored with it */
  tell(state: number, intents?: readonly PostingIntent[]): Promise<void>;
  tellEnd(intents?: readonly PostingIntent[]): Promise<void>;
  /** Tells of a state that is not the newest any more. */
  tellOld(state: number): Promise<void>;
  refresh(): Promise<void>;
  show(state: number, place: string, into?: string): Promise<void>;
  see(place: string, activityId: string): Promise<boolean>;
  readonly inHand: number;
}
export interface LiveSubject {
  readonly name: string;
  readonly key: CardKey;
  /** Whether it waits between two drawings of a copy. */
  readonly isPaced: boolean;
  /** What a card says in that state. */
  words(state: number): string;
  readonly endWords: string;
  open(stage: BoardStage, process: BoardProcess): Drawn;
  /** Stores that it is over, as a process does that has no time to tell. @returns what a card says then */
  endUntold(stage: BoardStage): Promise<string>;
}

const TENANT = tenantId("bbbbbbbb-0000-4000-8000-000000000001");

interface Made<State> {
  readonly cards: LiveCards<State>;
  readonly state: (number: number) => State;
  readonly end: () => State;
  readonly store: (state: State) => Promise<unknown>;
}

function drawn<State>(key: CardKey, { cards, state, end, store }: Made<State>): Drawn {
  const told = async (next: State, intents: readonly PostingIntent[] = []): Promise<void> => {
    await store(next);
    await cards.tell(next, intents);
  };
  return {
    tell: (number, intents) => told(state(number), intents),
    tellEnd: (intents) => told(end(), intents),
    tellOld: (number) => cards.tell(state(number)),
    refresh: () => cards.refresh(key),
    show: async (number, place, into) => {
      const shown = state(number);
      await store(shown);
      await cards.show(shown, conversationId(place), { into });
    },
    see: (place, activityId) => cards.see(key, conversationId(place), activityId),
    get inHand() {
      return cards.size;
    },
  };
}

const seeing = ({ ports }: Connected) => ({
  mayApprove: recentApprovers(ports.clock),
  findChats: approverChats,
  isShut: () => false,
});
const planState = (version: number): Plan =>
  enablePlan({ tenantId: TENANT, version, revision: version, conversation: conversationId("none") });
const planEnd = (): Plan => ({
  ...planState(99),
  state: { kind: "cancelled", by: ADA, at: enablePlan().createdAt },
});
export const PLAN: LiveSubject = {
  name: "a plan",
  key: planKey(TENANT, enablePlan().number),
  isPaced: false,
  words: (state) => (state === 1 ? "Plan #12" : `revision ${state}`),
  endWords: "Cancelled by",
  open: ({ world }, { outside, connected }) =>
    drawn(PLAN.key, {
      cards: new LiveCards(outside, connected.ports, planCards(connected, seeing(connected))),
      state: planState,
      end: planEnd,
      store: async (next) => world.store.plansByNumber.set(next.number, next),
    }),
  endUntold: async ({ world }) => {
    world.store.plansByNumber.set(planEnd().number, planEnd());
    return PLAN.endWords;
  },
};

const ACCEPTED = { kind: "accepted", by: GRACE, at: enablePlan().createdAt, reason: "as asked" } as const;
const driftState = (version: number) => aDrift({ tenantId: TENANT, version, revision: version });
const driftEnd = () => aDrift({ tenantId: TENANT, version: 99, state: ACCEPTED });
const drift: LiveSubject = {
  name: "a drift",
  key: driftKey(TENANT, aDrift().number),
  isPaced: false,
  words: (state) => (state === 1 ? "Drift 3" : `Revision ${state}`),
  endWords: "Accepted",
  open: ({ world }, { outside, connected }) =>
    drawn(drift.key, {
      cards: new LiveCards(outside, connected.ports, driftCards(connected)),
      state: driftState,
      end: driftEnd,
      store: async (next) => world.store.watch.drifts.set(next.number, next),
    }),
  endUntold: async ({ world }) => {
    world.store.watch.drifts.set(driftEnd().number, driftEnd());
    return drift.endWords;
  },
};

/** A later process goes on with the scan of the one before. */
let processes = 0;
const scan: LiveSubject = {
  name: "a scan",
  key: scanKey({ tenantId: TENANT, scanId: "scan-1" }),
  isPaced: true,
  words: (state) => `**${state} of 100 people**`,
  endWords: "Cancelled by",
  open(stage, { outside, connected }) {
    const numbered = numberedNews();
    const interruptions = processes++;
    const askers = () =>
      [...stage.stores.known.values()].map(({ id }) => ({
        person: ADA,
        conversation: id,
        shows: "at-once" as const,
      }));
    const current = () => aScan({ tenantId: TENANT, scanId: "scan-1", askers: askers(), interruptions });
    const news = (read: number): ScanNews => running({ scan: current() }, { read, pending: 100 - read });
    return drawn<ScanState>(scan.key, {
      cards: new LiveCards(outside, connected.ports, scanCards(connected)),
      state: (read) => numbered(news(read)),
      end: () => numbered({ kind: "cancelled", scan: current(), by: GRACE }),
      store: ({ news: next }) =>
        next !== "lost" && next.kind === "running"
          ? stage.world.store.scans.begin(next.scan)
          : stage.world.store.scans.discard(current()),
    });
  },
  endUntold: async ({ world }) => {
    await world.store.scans.discard({ tenantId: TENANT, scanId: "scan-1" });
    return "ended without a result";
  },
};

/** Everything whose cards are kept up to date. */
export const SUBJECTS: readonly LiveSubject[] = [PLAN, drift, scan];
