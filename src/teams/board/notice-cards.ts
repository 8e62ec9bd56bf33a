import type { ModelNotice } from "../../core/news/model-notice.js";
import type { CardKey } from "../../core/stores.js";
import { noticeCard } from "../cards/reports/notice-card.js";
import { channelOf } from "../incoming/place.js";
import type { Connected } from "./outside.js";
import type { Subject } from "./subject.js";

/** Notices of models: seen in the approval rooms, as long as they are open. */
export function noticeCards({ ports }: Connected): Subject<ModelNotice> {
  return {
    keyOf: ({ tenantId, id }) => noticeKey(tenantId, id),
    versionOf: ({ version }) => version,
    isOver: ({ state }) => state.kind !== "open",
    newest: async ({ tenantId, id }, told) => (await ports.modelNotices.find(tenantId, id)) ?? told,
    draw: async (notice) => noticeCard(notice),
    withoutCard: () => "Say `models` to see what is known of the models in use.",
    placeOf: channelOf,
    places: async ({ tenantId, state }) => {
      const rooms = state.kind === "open" ? await ports.conversations.approvalRooms(tenantId) : [];
      return rooms.map((conversation) => ({ conversation }));
    },
  };
}

/** Names the cards of a notice of models. */
export function noticeKey(tenantId: CardKey["tenantId"], id: string): CardKey {
  return { tenantId, kind: "models", id };
}
