import type { Drift } from "../../core/drift/drift.js";
import type { CardKey } from "../../core/stores.js";
import { driftCard } from "../cards/drift/drift-card.js";
import { channelOf } from "../incoming/place.js";
import { recentApprovers } from "./approvers/recent-approvers.js";
import { driftRooms } from "./drift-audience.js";
import { driftViewIn } from "./drift-viewer.js";
import type { Connected } from "./outside.js";
import type { Subject } from "./subject.js";

/** Drifts: seen in the approval rooms, as long as they are to be decided. */
export function driftCards({ ports, rules }: Connected): Subject<Drift> {
  const mayApprove = recentApprovers(ports.clock);
  return {
    keyOf: ({ tenantId, number }) => driftKey(tenantId, number),
    versionOf: ({ version }) => version,
    isOver: ({ state }) => state.kind !== "open",
    newest: async ({ tenantId, id }, told) => (await ports.watch.findDrift(tenantId, Number(id))) ?? told,
    draw: async (drift, place) => driftCard(drift, await driftViewIn(ports, rules, place, mayApprove)),
    withoutCard: () =>
      "Say `drift` to see it, here or in your own chat with Latchkey; `show policy` shows the policy as it is.",
    placeOf: channelOf,
    places: async (drift, standing) => {
      const rooms = drift.state.kind === "open" ? await driftRooms(ports, drift, standing.size > 0) : [];
      return rooms.map((conversation) => ({ conversation }));
    },
  };
}

/** Names the cards of a drift. */
export function driftKey(tenantId: CardKey["tenantId"], number: number): CardKey {
  return { tenantId, kind: "drift", id: String(number) };
}
