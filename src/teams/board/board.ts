import { inParallel } from "../../async/in-parallel.js";
import type { Drift } from "../../core/drift/drift.js";
import type { ConversationId, Person, TenantId } from "../../core/person.js";
import type { Plan } from "../../core/plan/plan.js";
import type { Announcer } from "../../core/ports/announcer.js";
import type { Ports, Rules } from "../../core/ports.js";
import type { Scan } from "../../core/scan/scan.js";
import type { CardKey } from "../../core/stores.js";
import { channelOf } from "../incoming/place.js";
import { deferredAnswers } from "./deferred-answers.js";
import { digestCards } from "./digest-cards.js";
import { driftCards } from "./drift-cards.js";
import { expiryNotice } from "./expiry-notice.js";
import { LiveCards } from "./live-cards.js";
import { noticeCards } from "./notice-cards.js";
import type { Connected, Outside } from "./outside.js";
import { certainAudience } from "./plan-audience.js";
import { type DrawPlan, drawnAs, planCards, planKey } from "./plan-cards.js";
import { reachOf } from "./plan-reach.js";
import { recentApprovers } from "./recent-approvers.js";
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
  /** A plan may be asked for here: what its card says of approvers is looked up meanwhile. */
  expectPlan(requester: Person, conversation: ConversationId): void;
}

interface ShowPlan {
  readonly draw?: DrawPlan;
  /** A message of ours that becomes the card. */
  readonly into?: string | undefined;
}

/** Cards that are brought up to date at the same time after a start. */
const ABREAST = 4;

/** Draws plans, drifts and scans. What is announced returns at once: a process that writes a policy does not wait for Teams. */
export function board(outside: Outside): Board {
  const { background, log, postings } = outside;
  const { isShut } = outside.messenger;
  let connect: (connected: Connected) => void = () => {};
  const connected = new Promise<Connected>((resolve) => {
    connect = resolve;
  });
  const mayApprove = connected.then(({ ports }) => recentApprovers(ports.clock));
  const live = connected.then(async (given) => ({
    plan: new LiveCards(outside, given.ports, planCards(given, isShut, await mayApprove)),
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
      const drawing = draw === undefined ? {} : { draw: drawnAs(await connected, draw, { isShut }) };
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
    expectPlan(requester, conversation) {
      background.start("card expected", async () => {
        const { ports, rules } = await connected;
        const seeing = { mayApprove: await mayApprove, isShut };
        const asked = { tenantId: rules.tenantId, requester, conversation };
        await Promise.all([
          reachOf(ports, rules, asked, seeing),
          // Who cannot be looked up is looked up again when the card is drawn.
          seeing.mayApprove(ports, rules, requester.id).catch(() => false),
        ]);
      });
    },
    redraw(key) {
      background.start("card redrawn", async () => (await live)[key.kind].refresh(key));
    },
  };
}

/** Conversations of one channel are one place, in which one copy is enough. */
function firstOfEach(conversations: readonly ConversationId[]): readonly ConversationId[] {
  const places = conversations.map(channelOf);
  return conversations.filter((_, at) => places.indexOf(places[at] as ConversationId) === at);
}
