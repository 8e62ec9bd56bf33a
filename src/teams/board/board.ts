import { inParallel } from "../../async/in-parallel.js";
import type { Drift } from "../../core/drift/drift.js";
import type { ConversationId, Person, PersonId, TenantId } from "../../core/person.js";
import type { Plan } from "../../core/plan/plan.js";
import type { Announcer } from "../../core/ports/announcer.js";
import type { Ports, Rules } from "../../core/ports.js";
import type { Scan } from "../../core/scan/scan.js";
import type { CardKey } from "../../core/stores.js";
import { channelOf } from "../incoming/place.js";
import { recentApproverChats } from "./approvers/approver-chats.js";
import { certainAudience } from "./approvers/plan-audience.js";
import { recentApprovers } from "./approvers/recent-approvers.js";
import { deferredAnswers } from "./deferred-answers.js";
import { digestCards } from "./digest-cards.js";
import { driftCards } from "./drift-cards.js";
import { expiryNotice } from "./expiry-notice.js";
import { LiveCards } from "./live-cards.js";
import { noticeCards } from "./notice-cards.js";
import type { Connected, Outside } from "./outside.js";
import { type DrawPlan, drawnAs, planCards, planKey } from "./plan-cards.js";
import { numberedNews, scanCards, scanKey } from "./scan-cards.js";

/** The cards that stay up to date, as the answers to commands and presses use them. */
export interface Board extends Announcer {
  /** From here on cards can be drawn; what was announced before waits for it. */
  connect(ports: Ports, rules: Rules): void;
  /** Posts the plan's card in one conversation and keeps that copy up to date as well. */
  showPlan(plan: Plan, conversation: ConversationId, how?: ShowPlan): Promise<void>;
  /** The same for a drift. @param into a message of ours that becomes the card */
  showDrift(drift: Drift, conversation: ConversationId, into?: string): Promise<void>;
  /** Whether the scan's card stands in this conversation. @throws Fault */
  showsScan(scan: Pick<Scan, "tenantId" | "scanId">, conversation: ConversationId): Promise<boolean>;
  /** A button was pressed on this message, which is a copy from now on. @returns whether it may show something old. Never throws */
  sees(card: CardKey, conversation: ConversationId, activityId: string): Promise<boolean>;
  /** Whether the message is known to show something of this store's. @throws Fault */
  knows(tenant: TenantId, conversation: ConversationId, activityId: string): Promise<boolean>;
  /** Draws again what does not show the newest state of this card. */
  redraw(card: CardKey): void;
  /** This person was just found to be an approver: what is drawn from now on comes to their own chat. */
  approverFound(person: PersonId): Promise<void>;
  /** A plan may be asked for here: what its card says of approvers is looked up meanwhile. */
  expectPlan(requester: Person): void;
}

interface ShowPlan {
  readonly draw?: DrawPlan;
  /** A message of ours that becomes the card. */
  readonly into?: string | undefined;
}

/** Cards that are brought up to date at the same time after a start. */
const ABREAST = 4;

/** People looked up at the same time for a plan that is expected. */
const LOOKED_UP_ABREAST = 8;

/** Draws plans, drifts and scans. What is announced returns at once: a process that writes a policy does not wait for Teams. */
export function board(outside: Outside): Board {
  const { background, log, postings } = outside;
  const { isShut } = outside.messenger;
  let connect: (connected: Connected) => void = () => {};
  const connected = new Promise<Connected>((resolve) => {
    connect = resolve;
  });
  const approvers = connected.then(({ ports }) => ({
    mayApprove: recentApprovers(ports.clock),
    chats: recentApproverChats(ports.clock),
  }));
  const seeing = approvers.then(({ mayApprove, chats }) => ({ mayApprove, findChats: chats.find, isShut }));
  const live = connected.then(async (given) => ({
    plan: new LiveCards(outside, given.ports, planCards(given, await seeing)),
    drift: new LiveCards(outside, given.ports, driftCards(given)),
    scan: new LiveCards(outside, given.ports, scanCards(given)),
    models: new LiveCards(outside, given.ports, noticeCards(given)),
    digest: new LiveCards(outside, given.ports, digestCards(given)),
  }));
  const numbered = numberedNews();

  return {
    connect: (ports, rules) => connect({ ports, rules }),
    ...deferredAnswers(outside, async (plan, conversation) => (await live).plan.show(plan, conversation)),
    ...expiryNotice(
      outside,
      connected.then(({ ports }) => ports),
    ),
    async planChanged(plan, intents = []) {
      const { tenantId, number, version } = plan;
      const key = { ...planKey(tenantId, number), version };
      const intended = intents.map((intent) => ({ ...key, ...intent }));
      background.start(`plan #${number} announced`, async () => (await live).plan.tell(plan, intended));
    },
    async firstPlaces(plan) {
      const conversations = await certainAudience(outside, plan).catch((error: unknown) => {
        log.warn("places-of-plan-not-read", { error });
        return [];
      });
      return firstOfEach(conversations.map(({ id }) => id));
    },
    async driftChanged(drift) {
      background.start(`drift ${drift.number} announced`, async () => (await live).drift.tell(drift));
    },
    async digestTold(digest) {
      background.start("digest announced", async () => (await live).digest.tell(digest));
    },
    async modelsNoticed(notice) {
      background.start("notice of models announced", async () => (await live).models.tell(notice));
    },
    async scanChanged(news) {
      const state = numbered(news);
      background.start(`scan ${state.key.id} announced`, async () => (await live).scan.tell(state));
    },
    async catchUp(tenant: TenantId, doneBefore) {
      background.start("cards brought up to date", async () => {
        await postings.forget(tenant, doneBefore);
        const cards = await live;
        await inParallel(await postings.unfinished(tenant), ABREAST, (key) =>
          cards[key.kind]
            .refresh(key)
            .catch((error: unknown) => log.warn("card-not-drawn", { ...key, error })),
        );
      });
    },
    async showPlan(plan, conversation, { draw, into } = {}) {
      const drawing =
        draw === undefined
          ? {}
          : { draw: drawnAs(await connected, draw, { isShut, findChats: (await approvers).chats.find }) };
      await (await live).plan.show(plan, conversation, { ...drawing, into });
    },
    async showDrift(drift, conversation, into) {
      await (await live).drift.show(drift, conversation, { into });
    },
    showsScan: async (scan, conversation) => (await live).scan.stands(scanKey(scan), conversation),
    async sees(key, conversation, activityId) {
      try {
        return await (await live)[key.kind].see(key, conversation, activityId);
      } catch (error) {
        log.warn("card-not-looked-up", { [key.kind]: key.id, error });
        return false;
      }
    },
    async knows(tenant, conversation, activityId) {
      const known = await postings.ofMessage(tenant, activityId);
      return known.some((posting) => channelOf(posting.conversation) === channelOf(conversation));
    },
    approverFound: async (person) => (await approvers).chats.add(person),
    expectPlan(requester) {
      background.start("card expected", async () => {
        const { ports, rules } = await connected;
        const { mayApprove, chats } = await approvers;
        // Who was found last is most likely found again. Who cannot be looked up now is when the card is drawn.
        const people = [...new Set([requester.id, ...chats.lastFound()])];
        const lookUp = (person: PersonId) => mayApprove(ports, rules, person).then(ignored, ignored);
        await Promise.all([chats.find(ports, rules), inParallel(people, LOOKED_UP_ABREAST, lookUp)]);
      });
    },
    redraw(key) {
      background.start("card redrawn", async () => (await live)[key.kind].refresh(key));
    },
  };
}

const ignored = (): void => {};

/** Conversations of one channel are one place, in which one copy is enough. */
function firstOfEach(conversations: readonly ConversationId[]): readonly ConversationId[] {
  const places = conversations.map(channelOf);
  return conversations.filter((_, at) => places.indexOf(places[at] as ConversationId) === at);
}
