import { CHAIN_START, type ChainHead, isSealed, seal, textHash } from "../../src/core/audit/chain.js";
import type { AuditEntry, AuditRecord } from "../../src/core/audit/record.js";
import { Fault } from "../../src/core/errors.js";
import {
  isSameRequest,
  mayBeSameRequest,
  OPEN_PLANS_AT_MOST,
  openPlansOf,
} from "../../src/core/plan/admit-plan.js";
import { type Plan, summaryOf } from "../../src/core/plan/plan.js";
import type { Alteration } from "../../src/core/plan/recorded/as-recorded.js";
import type { PlanStore } from "../../src/core/stores/plan-store.js";
import type { SignInOffer, SignInStore } from "../../src/core/stores/sign-in-store.js";
import type { AuditLog, EvidenceLink, EvidenceLinkStore, FirstIntent } from "../../src/core/stores.js";
import { FakeAdoptionStore, FakePeopleLinks } from "./fake-adoption-store.js";
import { FakeDigests } from "./fake-digests.js";
import { FakeModelNotices } from "./fake-model-notices.js";
import { FakeOwnScans } from "./fake-own-scans.js";
import { FakeReplicaStore } from "./fake-replica-store.js";
import { FakeDeferredStore, FakeScanStore } from "./fake-scan-store.js";
import { FakeStages } from "./fake-stages.js";
import { FakeTakenMessages } from "./fake-taken-messages.js";
import { FakeWatchStore } from "./fake-watch-store.js";

/** The store in memory, with the same promises: numbering, compare-and-set, one apply at a time, all or nothing. */
export class FakeStore {
  readonly plansByNumber = new Map<number, Plan>();
  readonly records: AuditRecord[] = [];
  readonly scans = new FakeScanStore((entry) => this.#append([entry])[0]?.sequence);
  readonly ownScans = new FakeOwnScans();
  readonly deferred = new FakeDeferredStore((entry) => this.#append([entry])[0]?.sequence);
  readonly replicas = new FakeReplicaStore();
  readonly adoption = new FakeAdoptionStore();
  readonly peopleLinks = new FakePeopleLinks((entry) => this.#append([entry]));
  readonly takenMessages = new FakeTakenMessages();
  readonly digests = new FakeDigests((entry) => this.#append([entry]));
  readonly stages = new FakeStages((entry) => this.#append([entry]));
  readonly modelNotices = new FakeModelNotices((entry) => this.#append([entry]));
  readonly watch = new FakeWatchStore({
    append: (entries) => this.#append(entries),
    installation: () => this.installation,
    hasUnsettledPlan: () =>
      [...this.plansByNumber.values()].some(({ state }) => ["applying", "unknown"].includes(state.kind)),
  });
  /** Of the store, which numbers what it keeps. */
  installation = "installation-1";
  /** Plans that were edited behind the store's back. */
  readonly altered = new Map<number, Alteration>();
  /** Those of them that cannot even be read. */
  readonly damaged = new Set<number>();
  /** Set to make every audit append fail, as a full disk would. */
  auditBroken = false;
  /** The end of the record that was seen and is gone. */
  goneEnd: ChainHead | undefined;

  /** Copies of cards that were stored together with their plan. */
  readonly firstIntents: FirstIntent[] = [];
  readonly plans: PlanStore = {
    create: async (draft, records) => {
      const { installation } = this;
      const plan: Plan = { ...draft, number: this.plansByNumber.size + 1, version: 1, installation };
      const planHash = textHash(JSON.stringify(plan));
      this.#append(records.map((record) => ({ ...record, planNumber: plan.number, planHash })));
      this.plansByNumber.set(plan.number, plan);
      return plan;
    },
    propose: async (draft, records, { deferredId, message, intents = [] } = {}) => {
      const waits = (id: string) => this.deferred.waiting.some((each) => each.id === id);
      if (deferredId !== undefined && !waits(deferredId)) return { kind: "answered" };
      const open = [...this.plansByNumber.values()].filter(({ state }) =>
        ["waiting", "applying", "unknown"].includes(state.kind),
      );
      const made = this.takenMessages.rows.get(message ?? "")?.planNumber;
      const isSame = (plan: Plan) => mayBeSameRequest(draft, summaryOf(plan)) && isSameRequest(draft, plan);
      const same = this.plansByNumber.get(made ?? -1) ?? open.find(isSame);
      if (same !== undefined) return { kind: "same", plan: same };
      const planNumbers = openPlansOf(draft, open.map(summaryOf));
      if (planNumbers.length >= OPEN_PLANS_AT_MOST) return { kind: "too-many", planNumbers };
      const plan = await this.plans.create(draft, records);
      this.firstIntents.push(...intents);
      if (deferredId !== undefined) await this.deferred.remove(deferredId);
      if (message !== undefined) this.takenMessages.made(message, plan.number);
      return { kind: "created", plan };
    },
    find: async (_, number) => {
      if (this.damaged.has(number)) throw new Fault("store-altered", "it is damaged");
      return this.plansByNumber.get(number);
    },
    versionOf: async (_, number) => this.plansByNumber.get(number)?.version,
    open: async () =>
      [...this.plansByNumber.values()].filter((plan) =>
        ["waiting", "applying", "unknown"].includes(plan.state.kind),
      ),
    countOpen: async () => {
      const counts = { waiting: 0, applying: 0, unknown: 0 };
      for (const { state } of this.plansByNumber.values()) {
        if (state.kind === "waiting" || state.kind === "applying" || state.kind === "unknown") {
          counts[state.kind] += 1;
        }
      }
      return counts;
    },
    due: async (_, now) =>
      [...this.plansByNumber.values()]
        .filter(
          ({ state, expiresAt }) =>
            ["applying", "unknown"].includes(state.kind) || (state.kind === "waiting" && expiresAt <= now),
        )
        .map(({ number }) => number),
    whyAltered: async (_, number) => this.altered.get(number),
    latest: async (_, limit) =>
      [...this.plansByNumber.values()]
        .sort((a, b) => b.number - a.number)
        .slice(0, limit)
        .map(summaryOf),
    countAll: async () => this.plansByNumber.size,
    readThrough: (_, { among, naming }) => this.#readThrough(among, naming),
    lastApplied: async (tenant, among) =>
      (await this.plans.latest(tenant, among)).find(({ state }) => state.kind === "applied"),
    replace: async (next, records, rebase) => {
      const stored = this.plansByNumber.get(next.number);
      const why = this.altered.get(next.number);
      if (why !== undefined) return { kind: "altered", why };
      if (stored?.version !== next.version) return { kind: "conflict" };
      const others = [...this.plansByNumber.values()].filter((plan) => plan.number !== next.number);
      if (next.state.kind === "applying" && others.some((plan) => plan.state.kind === "applying")) {
        return { kind: "busy" };
      }
      const plan = { ...next, version: next.version + 1 };
      const planHash = textHash(JSON.stringify(plan));
      const written = this.#append(records.map((record) => ({ ...record, planHash })));
      this.plansByNumber.set(plan.number, plan);
      const drift = rebase && this.watch.rebase(rebase);
      return { kind: "replaced", plan, records: written, ...(drift ? { drift } : {}) };
    },
  };

  readonly audit: AuditLog = {
    append: async (entry) => this.#append([entry])[0] as AuditRecord,
    read: async (_, { fromSequence = 1, limit = 1000, planNumber } = {}) =>
      this.records
        .filter((record) => record.sequence >= fromSequence)
        .filter((record) => planNumber === undefined || record.planNumber === planNumber)
        .slice(0, limit),
    lastOf: async (_, event, after) =>
      this.records.findLast((record) => record.event === event && record.sequence > after)?.sequence,
    isProven: isSealed,
    head: async () => this.records.at(-1) ?? CHAIN_START,
    goneEnd: async () => this.goneEnd,
  };

  /** Secrets are numbered: "secret-1", "secret-2". */
  readonly links: EvidenceLink[] = [];
  readonly evidenceLinks: EvidenceLinkStore = {
    add: async (link, record) => {
      this.#append([record]);
      return `secret-${this.links.push(link)}`;
    },
    find: async (secret, at) => {
      const link = this.links[Number(secret.replace("secret-", "")) - 1];
      return link !== undefined && link.validUntil > at ? link : undefined;
    },
  };

  /** Their secrets are numbered: "link-1", "browser-1". */
  readonly offers = new Map<string, { readonly offer: SignInOffer; readonly browser: string }>();
  #secrets = 0;
  readonly signIns: SignInStore = {
    offer: async (offer) => {
      const link = `link-${++this.#secrets}`;
      this.offers.set(link, { offer, browser: "" });
      return link;
    },
    find: async (link, at) => {
      const offer = this.offers.get(link)?.offer;
      return offer !== undefined && offer.validUntil > at ? offer : undefined;
    },
    setOut: async (link, at) => {
      const offer = await this.signIns.find(link, at);
      if (offer === undefined) return undefined;
      const browser = `browser-${++this.#secrets}`;
      this.offers.set(link, { offer, browser });
      return browser;
    },
    comeBack: async (link, browser, at) => {
      const offer = await this.signIns.find(link, at);
      if (offer === undefined || this.offers.get(link)?.browser !== browser) return undefined;
      this.offers.delete(link);
      return offer;
    },
  };

  /** As strict as the store may be: what is not named is not read. */
  async *#readThrough(among: number, naming?: readonly string[]): AsyncGenerator<Plan> {
    const last = [...this.plansByNumber.values()].sort((a, b) => b.number - a.number).slice(0, among);
    for (const plan of last) {
      const body = JSON.stringify(plan).toLowerCase();
      if (naming === undefined || naming.some((text) => body.includes(text.toLowerCase()))) yield plan;
    }
  }

  /** Another process stored the plan like this, in its next version. */
  async leave(next: Plan): Promise<void> {
    this.plansByNumber.set(next.number, { ...next, version: next.version + 1 });
  }

  /** What happened, beside scans that ended and what waited for them. */
  events(): readonly string[] {
    const aside = ["scan-finished", "change-asked", "change-answered"];
    return this.records.map((record) => record.event).filter((event) => !aside.includes(event));
  }

  #append(entries: readonly AuditEntry[]): readonly AuditRecord[] {
    if (this.auditBroken) throw new Fault("store-unavailable", "the disk is full");
    const sealed: AuditRecord[] = [];
    for (const entry of entries) sealed.push(seal(entry, sealed.at(-1) ?? this.records.at(-1)));
    this.records.push(...sealed);
    return sealed;
  }
}
