import type { Digest } from "../../core/news/digest.js";
import type { CardKey } from "../../core/stores.js";
import { digestCard } from "../cards/reports/digest-card.js";
import { channelOf } from "../incoming/place.js";
import type { Connected } from "./outside.js";
import type { Subject } from "./subject.js";

/** Digests: told in the approval rooms, and never changed. */
export function digestCards({ ports }: Connected): Subject<Digest> {
  return {
    keyOf: ({ tenantId, day }): CardKey => ({ tenantId, kind: "digest", id: day }),
    versionOf: () => 1,
    isOver: () => true,
    newest: async ({ tenantId, id }, told) => (await ports.digests.find(tenantId, id)) ?? told,
    draw: async (digest) => digestCard(digest),
    withoutCard: () => "Say `status` for how passkeys stand.",
    placeOf: channelOf,
    places: async ({ tenantId }) => {
      const rooms = await ports.conversations.approvalRooms(tenantId);
      return rooms.map((conversation) => ({ conversation }));
    },
  };
}
