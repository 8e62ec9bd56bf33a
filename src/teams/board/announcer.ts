import { inParallel } from "../../async/in-parallel.js";
import { oneAtATime } from "../../async/one-at-a-time.js";
import { within } from "../../async/within.js";
import type { ConversationId } from "../../core/person.js";
import type { Plan } from "../../core/plan/plan.js";
import type { Announcer, Ports, Rules } from "../../core/ports.js";
import type { Scan } from "../../core/scan/scan.js";
import { planCard } from "../cards/plan/plan-card.js";
import { channelOf } from "../incoming/place.js";
import { describeError } from "../sending/background.js";
import { AnnouncedVersions } from "./announced-versions.js";
import { type Invitation, invitations } from "./audience.js";
import { type Connected, copies, type DrawPlan, type Outside } from "./copies.js";
import { type DriftAnnouncer, driftAnnouncer } from "./drift-announcer.js";
import { PlansInHand } from "./plans-in-hand.js";
import { type MayApprove, recentApprovers } from "./recent-approvers.js";
import { scanAnnouncer } from "./scan-announcer.js";
import { waitingAnswers } from "./waiting-answers.js";

export interface PlanAnnouncer extends Announcer, DriftAnnouncer {
  /** From here on plans can be drawn; what was announced before waits for it. */
  connect(ports: Ports, rules: Rules): void;
  /** Posts the plan's card in one conversation and keeps that copy up to date as well. */
  showIn(plan: Plan, conversation: ConversationId, draw?: DrawPlan): Promise<void>;
  /** Whether the scan's card stands in this conversation. */
  showsScan(scan: Pick<Scan, "tenantId" | "scanId">, conversation: ConversationId): Promise<boolean>;
}

/** Teams answers a bot's calls in a conversation one after the other; over conversations they may run abreast. */
const ABREAST = 8;
/** After this long, in milliseconds, a conversation goes on by itself and the next one has its turn. */
const SLOW_MS = 2_000;

/**
 * Draws plans. Returns at once: whoever writes a policy does not wait for Teams. What is drawn of one plan in one
 * conversation is drawn in order, always from the newest stored state, so a card never goes back to an older one;
 * a conversation that Teams keeps waiting holds up no other.
 */
export function planAnnouncer(outside: Outside): PlanAnnouncer {
  const inOrder = oneAtATime();
  let connect: (connected: Connected) => void = () => {};
  const connected = new Promise<Connected>((resolve) => {
    connect = resolve;
  });
  const { scanChanged } = scanAnnouncer(outside, connected);
  const inHand = new PlansInHand(outside.log);
  const queued = new Set<number>();
  const announced = new AnnouncedVersions();
  const mayApprove = connected.then(({ ports }) => recentApprovers(ports.clock));

  const inPlace = (plan: Plan, place: ConversationId, work: () => Promise<void>): Promise<void> =>
    inOrder(`${plan.number} ${place}`, work);

  const announce = async (told: Plan): Promise<void> => {
    const { ports, rules } = await connected;
    queued.delete(told.number);
    const plan = await inHand.latest(ports, told);
    if (plan.version <= announced.of(plan)) return;
    const places = await placesOf(outside, { ports, rules }, plan, await mayApprove);
    announced.add(plan);
    const { bringUpToDate } = copies(outside, { ports, rules }, inHand);
    const drawing: Promise<void>[] = [];
    await inParallel([...places], ABREAST, async ([place, invitation]) => {
      const drawn = inPlace(plan, place, async () => {
        // First: most chats are not an approver's, and nothing has to be read for those.
        if (invitation !== undefined && !(await invitation.still())) return;
        await bringUpToDate(plan, place, invitation?.conversation);
      }).catch((error: unknown) =>
        outside.log.warn("card-not-drawn", { plan: plan.number, error: describeError(error) }),
      );
      drawing.push(drawn);
      await within(drawn, SLOW_MS);
    });
    await Promise.all(drawing);
  };

  return {
    connect: (ports, rules) => connect({ ports, rules }),
    scanChanged,
    async showsScan({ tenantId, scanId }, conversation) {
      const posted = await outside.postings.ofScan(tenantId, scanId);
      return posted.some((posting) => posting.conversation === conversation);
    },
    ...driftAnnouncer(outside, connected),
    ...waitingAnswers(outside),
    async planChanged(plan) {
      inHand.hear(plan);
      if (queued.has(plan.number)) return;
      queued.add(plan.number);
      outside.background.start(`plan #${plan.number} announced`, () =>
        inHand.during(plan, () => announce(plan)),
      );
    },
    async showIn(plan, conversation, draw = planCard) {
      const { ports, rules } = await connected;
      const { post } = copies(outside, { ports, rules }, inHand);
      await inHand.during(plan, () =>
        inPlace(plan, channelOf(conversation), async () => {
          const target = await outside.conversations.find(conversation);
          if (target === undefined)
            throw new Error(`conversation of "show ${plan.number}" is not in the store`);
          await post(await inHand.latest(ports, plan), target, draw);
        }),
      );
    },
  };
}

/** Every conversation with a copy of the plan, and those that are to get one; a channel counts once. */
async function placesOf(
  { postings }: Outside,
  { ports, rules }: Connected,
  plan: Plan,
  mayApprove: MayApprove,
): Promise<ReadonlyMap<ConversationId, Invitation | undefined>> {
  const posted = await postings.of(plan.tenantId, plan.number);
  const invited =
    plan.state.kind === "waiting" ? await invitations(ports, rules, plan, posted, mayApprove) : [];
  return new Map<ConversationId, Invitation | undefined>([
    ...posted.map(({ conversation }) => [channelOf(conversation), undefined] as const),
    ...invited.map((invitation) => [channelOf(invitation.conversation.id), invitation] as const),
  ]);
}
