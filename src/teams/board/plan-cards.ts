import { BoundedMap } from "../../async/bounded-map.js";
import type { Plan } from "../../core/plan/plan.js";
import type { CardKey } from "../../core/stores.js";
import type { AdaptiveCard } from "../cards/parts/card.js";
import { planCard } from "../cards/plan/plan-card.js";
import type { PlanView } from "../cards/plan/plan-view.js";
import { channelOf } from "../incoming/place.js";
import { approverPlaces, planPlaces } from "./approvers/plan-audience.js";
import { isOrigin, type Reach, type ReachOptions, reachOf } from "./approvers/plan-reach.js";
import type { Connected } from "./outside.js";
import { type Seeing, viewIn } from "./plan-viewer.js";
import type { Draw, Subject } from "./subject.js";

/** Draws a plan as a card: in brief, or in full. */
export type DrawPlan = (plan: Plan, view: PlanView) => AdaptiveCard;

/** More than are ever open. */
const PLANS_IN_HAND = 1_000;
const GOES_ON: ReadonlySet<Plan["state"]["kind"]> = new Set(["waiting", "applying", "unknown"]);

const NONE = { invitations: [], mayBeMore: false } as const;

/** Plans: seen wherever they were asked for or may be approved, as long as they wait. */
export function planCards({ ports, rules }: Connected, seeing: Omit<ReachOptions, "holders">): Subject<Plan> {
  const drawnReach = new BoundedMap<number, Reach>(PLANS_IN_HAND);
  const foundReach = new BoundedMap<number, { readonly version: number; readonly reach: Reach }>(
    PLANS_IN_HAND,
  );
  const drawHere: Draw<Plan> = async (plan, place) => {
    const found = foundReach.get(plan.number);
    const isOfThis = found?.version === plan.version;
    const view = await viewIn(ports, rules, plan, place, {
      ...seeing,
      foundReach: isOfThis ? found.reach : undefined,
    });
    if (plan.state.kind === "waiting" && isOrigin(plan, place))
      drawnReach.set(plan.number, view.reach ?? "enough");
    return planCard(plan, view);
  };
  return {
    keyOf: ({ tenantId, number }) => planKey(tenantId, number),
    versionOf: ({ version }) => version,
    isOver: ({ state }) => !GOES_ON.has(state.kind),
    newest: async ({ tenantId, id }, told) => {
      // Asked several times for each copy, and hardly ever news: a plan is large.
      if (told !== undefined && (await ports.plans.versionOf(tenantId, Number(id))) === told.version)
        return told;
      return (await ports.plans.find(tenantId, Number(id))) ?? told;
    },
    draw: drawHere,
    withoutCard: planWithoutCard,
    placeOf: channelOf,
    places: async (plan) => (plan.state.kind === "waiting" ? planPlaces(ports, plan) : []),
    furtherPlaces: async (plan) =>
      plan.state.kind === "waiting" ? approverPlaces(ports, rules, seeing) : NONE,
    echo: async (plan) => {
      if (plan.state.kind !== "waiting") return undefined;
      const reach = await reachOf(ports, rules, plan, { ...seeing, holders: "looked-up" });
      foundReach.set(plan.number, { version: plan.version, reach });
      return { place: channelOf(plan.conversation), shows: reach };
    },
    echoDrawn: ({ number }) => drawnReach.get(number),
  };
}

function planWithoutCard({ number, state }: Plan): string {
  return state.kind === "waiting"
    ? `Plan #${number} can be approved on its card only: say \`show ${number}\`, here or in your own chat with Latchkey. If no card comes there either, say \`cancel ${number}\` and ask for a smaller change.`
    : `Say \`show ${number}\` to see it, or \`evidence ${number}\` for all of it in a file.`;
}

/** The plan as that card, for everybody who reads in the conversation. */
export function drawnAs({ ports, rules }: Connected, draw: DrawPlan, seeing: Seeing): Draw<Plan> {
  return async (plan, place) => draw(plan, await viewIn(ports, rules, plan, place, seeing));
}

/** Names the cards of a plan. */
export function planKey(tenantId: CardKey["tenantId"], number: number): CardKey {
  return { tenantId, kind: "plan", id: String(number) };
}
