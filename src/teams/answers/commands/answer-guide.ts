import type { Platform } from "../../../core/command/guide/platform.js";
import type { Person } from "../../../core/person.js";
import { guideStanding } from "../../../core/report/guide.js";
import { guideCard, guidesCard } from "../../cards/reports/guide-card.js";
import type { Place } from "../../incoming/place.js";
import type { Message } from "../../sending/messenger.js";
import type { AnswerContext } from "../answer-context.js";
import type { AnswerTo } from "./answer-to.js";

/** The guide of a platform as it is for this person, or the choice among them. */
export async function guideFor(
  { ports, app }: Pick<AnswerContext, "ports" | "app">,
  place: Pick<Place, "kind">,
  person: Person,
  platform: Platform | undefined,
): Promise<Message> {
  if (platform === undefined) return { kind: "card", card: guidesCard(app.securityInfoUrl) };
  // What holds for one person is not told to a room.
  const standing =
    place.kind === "personal"
      ? await guideStanding(ports, person.id, platform)
      : ({ kind: "not-said" } as const);
  return { kind: "card", card: guideCard(platform, standing, app.securityInfoUrl) };
}

export const answerGuide: AnswerTo<"guide"> = (context, { place, person }, { platform }) =>
  guideFor(context, place, person, platform);
