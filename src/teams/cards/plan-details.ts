import type { AccountRef } from "../../core/inventory/inventory.js";
import type { Plan } from "../../core/plan/plan.js";
import { parsePolicy } from "../../core/policy/parse-policy.js";
import type { AdaptiveCard, CardElement } from "./card.js";
import { bytesOf, CARD_LIMIT_BYTES, card, heading, subtle, text } from "./card-parts.js";
import { number, people, plain } from "./card-text.js";
import { byImportance, modelLineInFull } from "./plan-authenticators.js";
import { planBanner } from "./plan-banner.js";
import { planButtons } from "./plan-buttons.js";
import { planHead } from "./plan-card.js";
import { planDiff } from "./plan-diff.js";
import { nameOf } from "./plan-impact.js";
import { planNext } from "./plan-next.js";
import type { PlanView } from "./plan-view.js";
import { planSummary } from "./plan-words.js";

/** One list, in order of importance; how much of it is shown depends on the room there is. */
interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Everything the brief card counts: names, models with their AAGUIDs. For the person who pressed, and nobody else. */
export function planDetails(plan: Plan, view: PlanView): AdaptiveCard {
  const named: PlanView = { ...view, names: "shown" };
  const frame = (lists: readonly CardElement[]): AdaptiveCard =>
    card({
      fallbackText: planSummary(plan),
      body: [
        planHead(plan),
        planBanner(plan, named),
        subtle(`Asked as: ${plain(plan.command)}`),
        ...planDiff(plan),
        ...lists,
        planNext(plan, named),
      ],
      actions: planButtons(plan, named, "showLess"),
    });
  const room = CARD_LIMIT_BYTES - bytesOf(frame([])) - 1_000;
  return frame(shareRoom(sections(plan), room));
}

function sections(plan: Plan): readonly Section[] {
  const { impact } = plan.proposal;
  const { coverage } = impact;
  return [
    section(`Lose passkey sign-in (${number(impact.losing.length)})`, impact.losing.map(nameOf)),
    section(
      `Could not be read (${number(coverage.unread.length)})`,
      coverage.unread.map((person) => `${nameOf(person)}: ${plain(person.why)}`),
    ),
    section(
      `Lose a passkey and keep another (${number(impact.keepingAnother.length)})`,
      namesOf(impact.keepingAnother),
    ),
    ...listSections(plan),
  ].filter((candidate) => candidate.lines.length > 0);
}

const section = (title: string, lines: readonly string[]): Section => ({ title, lines });
const namesOf = (list: readonly AccountRef[]): readonly string[] => list.map(nameOf);

/** Every list of the policy as it would be, with what comes and goes. */
function listSections(plan: Plan): readonly Section[] {
  const { proposal } = plan;
  const after = parsePolicy(proposal.after);
  const sets = after.shape === "legacy" ? [{ ...after, id: undefined, name: undefined }] : after.profiles;
  return sets.flatMap(({ id, name, restriction }) => {
    if (restriction.mode === "any") return [];
    const change = proposal.changes.find(
      (candidate) => candidate.setting === "restriction" && candidate.profile?.id === id,
    );
    const [added, removed] = change?.setting === "restriction" ? [change.added, change.removed] : [[], []];
    const sign = (aaguid: string) => (added.some((entry) => entry === aaguid) ? "+" : "=");
    const title = restriction.mode === "block" ? "Blocked authenticators" : "Allowed authenticators";
    return [
      section(
        `${title}${name === undefined ? "" : ` · ${plain(name)}`} (${number(restriction.aaguids.length)})`,
        [
          ...byImportance(removed, proposal).map((aaguid) => `−\u00a0${modelLineInFull(aaguid, proposal)}`),
          ...byImportance(restriction.aaguids, proposal).map(
            (aaguid) => `${sign(aaguid)}\u00a0${modelLineInFull(aaguid, proposal)}`,
          ),
        ],
      ),
    ];
  });
}

/** Shares the room out, the first lists first but never all of it; what does not fit is counted. */
function shareRoom(lists: readonly Section[], room: number): readonly CardElement[] {
  const elements: CardElement[] = [];
  let left = room;
  lists.forEach(({ title, lines }, at) => {
    const share = left / (lists.length - at);
    const shown = longestPrefix(lines, Math.max(share, left - 4_000 * (lists.length - at - 1)) - 400);
    const rest = lines.length - shown.length;
    // One block for the whole list: a block for each line would cost more than the line.
    const body = [...shown, ...(rest > 0 ? [`… and ${restWords(rest, title)}`] : [])].join("\n\n");
    const added = [heading(title), text(body, { spacing: "small", size: "small" })];
    elements.push(...added);
    left -= bytesOf(added);
  });
  return elements;
}

function restWords(rest: number, title: string): string {
  return title.includes("authenticators") ? `${number(rest)} more` : `${people(rest)} more`;
}

function longestPrefix(lines: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = lines.findIndex((line) => {
    used += bytesOf(line) + 4;
    return used > room;
  });
  return end === -1 ? lines : lines.slice(0, end);
}
