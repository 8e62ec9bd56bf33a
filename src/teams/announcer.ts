import type { ConversationId } from "../core/person.js";
import type { Plan, PlanStateKind } from "../core/plan/plan.js";
import type {
  Announcer,
  Conversation,
  ConversationStore,
  Log,
  Ports,
  Posting,
  PostingStore,
  Rules,
} from "../core/ports.js";
import { type Invitation, invitations } from "./audience.js";
import { type Background, describeError } from "./background.js";
import { planCard } from "./cards/plan-card.js";
import { inParallel } from "./in-parallel.js";
import type { Messenger } from "./messenger.js";
import { oneAtATime } from "./one-at-a-time.js";
import { viewIn } from "./plan-viewer.js";

export interface PlanAnnouncer extends Announcer {
  /** From here on plans can be drawn; what was announced before waits for it. */
  connect(ports: Ports, rules: Rules): void;
  /** Posts the plan's card in one conversation and keeps that copy up to date as well. */
  showIn(plan: Plan, conversation: ConversationId): Promise<void>;
}

interface Outside {
  readonly messenger: Messenger;
  readonly conversations: ConversationStore;
  readonly postings: PostingStore;
  readonly background: Background;
  readonly log: Log;
}
interface Connected {
  readonly ports: Ports;
  readonly rules: Rules;
}

/** Teams answers a bot's calls in a conversation one after the other; over conversations they may run abreast. */
const ABREAST = 8;

/** In these states a plan changes again, so what was drawn last has to be remembered. */
const OPEN: ReadonlySet<PlanStateKind> = new Set(["waiting", "applying", "unknown"]);

/**
 * Draws plans. Returns at once: whoever writes a policy does not wait for Teams. Work on one plan is done in
 * order, always from the newest stored state, so a card never goes back to an older one.
 */
export function planAnnouncer(outside: Outside): PlanAnnouncer {
  const inOrder = oneAtATime();
  let connect: (connected: Connected) => void = () => {};
  const connected = new Promise<Connected>((resolve) => {
    connect = resolve;
  });
  const newest = new Map<number, Plan>();
  const drawn = new Map<number, number>();
  const queued = new Set<number>();

  const heardOf = (plan: Plan): void => {
    if (plan.version > (newest.get(plan.number)?.version ?? 0)) newest.set(plan.number, plan);
  };

  /** The store may know better: another replica may have changed the plan. */
  const latest = async (ports: Ports, plan: Plan): Promise<Plan> => {
    const stored = await ports.plans.find(plan.tenantId, plan.number).catch((error: unknown) => {
      outside.log.warn("plan-not-read-for-drawing", { plan: plan.number, error: describeError(error) });
      return undefined;
    });
    if (stored !== undefined) heardOf(stored);
    return newest.get(plan.number) ?? plan;
  };

  const redraw = async (announced: Plan): Promise<void> => {
    queued.delete(announced.number);
    const { ports, rules } = await connected;
    const plan = await latest(ports, announced);
    if (plan.version <= (drawn.get(plan.number) ?? 0)) return;
    await announce(outside, { ports, rules }, plan);
    if (OPEN.has(plan.state.kind)) drawn.set(plan.number, plan.version);
    else drawn.delete(plan.number);
    if (plan.version >= (newest.get(plan.number)?.version ?? 0)) newest.delete(plan.number);
  };

  return {
    connect: (ports, rules) => connect({ ports, rules }),
    async planChanged(plan) {
      heardOf(plan);
      if (queued.has(plan.number)) return;
      queued.add(plan.number);
      outside.background.start(`plan #${plan.number} announced`, () =>
        inOrder(plan.number, () => redraw(plan)),
      );
    },
    async showIn(plan, conversation) {
      const { ports, rules } = await connected;
      await inOrder(plan.number, async () => {
        const target = await outside.conversations.find(conversation);
        if (target === undefined)
          throw new Error(`conversation of "show ${plan.number}" is not in the store`);
        await postCard(outside, { ports, rules }, await latest(ports, plan), target);
      });
    },
  };
}

async function announce(outside: Outside, connected: Connected, plan: Plan): Promise<void> {
  const { ports, rules } = connected;
  const posted = await outside.postings.of(plan.tenantId, plan.number);
  const invited = plan.state.kind === "waiting" ? await invitations(ports, rules, plan, posted) : [];
  await inParallel([...posted, ...invited], ABREAST, async (place) => {
    try {
      if ("activityId" in place) await redrawCard(outside, connected, plan, place);
      else await postIfInvited(outside, connected, plan, place);
    } catch (error) {
      outside.log.warn("card-not-drawn", {
        plan: plan.number,
        version: plan.version,
        error: describeError(error),
      });
    }
  });
}

async function postIfInvited(
  outside: Outside,
  connected: Connected,
  plan: Plan,
  invitation: Invitation,
): Promise<void> {
  if (await invitation.still()) await postCard(outside, connected, plan, invitation.conversation);
}

async function postCard(
  outside: Outside,
  { ports, rules }: Connected,
  plan: Plan,
  conversation: Conversation,
): Promise<void> {
  const card = planCard(plan, await viewIn(ports, rules, plan, conversation));
  const activityId = await outside.messenger.post(conversation, { kind: "card", card });
  await outside.postings.add({
    tenantId: plan.tenantId,
    planNumber: plan.number,
    conversation: conversation.id,
    activityId,
  });
}

async function redrawCard(
  outside: Outside,
  { ports, rules }: Connected,
  plan: Plan,
  posting: Posting,
): Promise<void> {
  const conversation = await outside.conversations.find(posting.conversation);
  // The bot was removed there: nobody is left to see the card.
  if (conversation === undefined) return;
  const card = planCard(plan, await viewIn(ports, rules, plan, conversation));
  await outside.messenger.replace(conversation, posting.activityId, { kind: "card", card });
}
