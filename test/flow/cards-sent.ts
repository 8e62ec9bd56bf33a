import { isJsonObject, type JsonObject } from "../../src/core/json.js";
import type { Teams } from "./teams.js";

/** Every card that the bot posted or put in place of another, in the order in which they came. */
export function cardsSent({ received }: Teams): readonly JsonObject[] {
  return received.flatMap(({ body }) => {
    const attachments = body?.attachments;
    if (!Array.isArray(attachments)) return [];
    return attachments.flatMap((attachment) =>
      isJsonObject(attachment) &&
      attachment.contentType === "application/vnd.microsoft.card.adaptive" &&
      isJsonObject(attachment.content)
        ? [attachment.content]
        : [],
    );
  });
}
