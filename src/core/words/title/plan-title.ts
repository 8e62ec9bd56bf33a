import { unreachable } from "../../errors.js";
import type { Effect } from "../../impact/effect.js";
import type { PlanSummary } from "../../plan/plan.js";
import type { EnableIntent, Intent, TakenBack, UndoneIntent } from "../../policy/intent.js";
import { ALL_USERS } from "../../policy/policy.js";
import { people } from "../amounts.js";
import type { Medium } from "../medium.js";
import { askedWordsIn } from "./asked-words.js";
import { effectWordsIn } from "./effect-words.js";
import { profileIntentWords } from "./profile-words.js";
import { ruleWords } from "./rule-words.js";

type Named = PlanSummary["proposal"];
/** What a title is made of. */
type Titled = Pick<PlanSummary, "intent" | "proposal">;

/** The title of a plan: what it does to people, and who loses passkeys by it; of a list, what comes on it or leaves it. */
export function planTitleIn(medium: Medium) {
  const { listWords, groupsWords, forWords, howWords, authenticatorWords, promotedWords } =
    askedWordsIn(medium);
  const { targets, audienceWords, lossWords } = effectWordsIn(medium);

  const planTitle = (plan: Titled): string => {
    const { does, loss } = titleParts(plan);
    return loss === "" ? does : `${does}: ${loss}`;
  };

  /** The two halves of the title: what is long may be clipped, but not who loses by it. */
  const titleParts = ({ intent, proposal }: Titled): { readonly does: string; readonly loss: string } => {
    const { effect } = proposal;
    // Plans of the first version say only what was asked.
    if (effect === undefined) return { does: asked(intent, proposal), loss: "" };
    return { does: headOf(intent, proposal, effect), loss: lossWords(effect).join(", ") };
  };

  const headOf = (intent: Intent, named: Named, effect: Effect): string => {
    switch (intent.kind) {
      case "allow":
      case "remove":
      case "allow-in-use": {
        const unreached = effect.rules.some(({ reachesNobody }) => reachesNobody);
        return `${listWords(intent, named)}${unreached ? ", which nobody has" : ""}`;
      }
      case "revert":
        return revertHead(intent.of, named, effect);
      case "create-profile":
      case "rename-profile":
      case "delete-profile":
      case "admit-kind":
      case "refuse-kind":
      case "use-profiles":
        return profileIntentWords(intent, medium);
      case "enable":
        if (effect.turned === "on") return turnedOn(effect, named, howWords(intent));
        return [
          onlyThey(intent, named, effect) ??
            did(effect, named) ??
            asked({ ...intent, authenticators: [] }, named),
          ...authenticatorWords(intent),
        ].join(" ");
      default:
        return did(effect, named) ?? asked(intent, named);
    }
  };

  const rulesOf = ({ rules }: Effect): readonly string[] => rules.map((rule) => ruleWords(rule, medium));

  /** "Turn passkeys on for Helpdesk (9 people, 1a2b3c4d) without attestation". */
  const turnedOn = (effect: Effect, named: Named, how: readonly string[]): string => {
    const whom = `Turn passkeys on for ${targets(effect.forWhom, named)}`;
    const gone = effect.forWhom.includes(ALL_USERS) ? [] : effect.removed;
    const rest = gone.length === 0 ? "" : `; no longer meant for ${targets(gone, named)}`;
    return `${[whom, ...how].join(" ")}${rest}`;
  };

  /** "Only Helpdesk (9 people, 1a2b3c4d) may use passkeys (was 55 people)". */
  const onlyThey = (intent: EnableIntent, named: Named, effect: Effect): string | undefined => {
    if (intent.targets?.kind !== "groups" || intent.targets.only === undefined) return undefined;
    const isTaken = effect.removed.length > 0 || effect.profiles.some(({ move }) => move === "taken");
    if (!isTaken) return undefined;
    const ids = intent.targets.groups.map(({ id }) => id);
    const { before } = effect.mayUse;
    const was = before === "all-others" ? "was all users" : `was ${people(before)}`;
    const what =
      intent.profile === undefined
        ? `may use passkeys (${was})`
        : `may use profile ${medium.quote(intent.profile)}`;
    return [`Only ${targets(ids, named)} ${what}`, ...rulesOf(effect)].join(", ");
  };

  /** What is done where passkeys stay on, or off. undefined: nothing that a title would name. */
  const did = (effect: Effect, named: Named): string | undefined => {
    if (effect.turned === "off") return "Turn passkeys off";
    if (effect.turned === "on") return turnedOn(effect, named, []);
    const words = [...audienceWords(effect, named), ...rulesOf(effect)].join(", ");
    if (words === "") return undefined;
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}${effect.isOn ? "" : "; passkeys stay off"}`;
  };

  const revertHead = (of: TakenBack, named: Named, effect: Effect): string => {
    const done = did(effect, named);
    if (done === undefined) return revertAsked(of, named);
    if (of.kind === "drift") return `Put back drift ${of.driftNumber}: ${done}`;
    // Of a list, the model that comes back or goes says more than a number.
    const isOfList = ["allow", "remove", "allow-in-use"].includes(of.undone.kind);
    if (isOfList && audienceWords(effect, named).length === 0) return revertAsked(of, named);
    return `Undo #${of.planNumber}: ${done}`;
  };

  const asked = (intent: Intent | UndoneIntent, named: Named): string => {
    switch (intent.kind) {
      case "disable":
        return "Turn passkeys off";
      case "enable":
        return ["Enable passkeys", ...forWords(intent, named), ...howWords(intent)].join(" ");
      case "add-group":
      case "remove-group":
      case "exclude-group":
      case "include-group":
        return groupsWords(intent, named);
      case "promote":
        return ["Promote the pilot", ...promotedWords(intent, named)].join(" ");
      case "create-profile":
      case "rename-profile":
      case "delete-profile":
      case "admit-kind":
      case "refuse-kind":
      case "use-profiles":
        return profileIntentWords(intent, medium);
      case "allow":
      case "remove":
      case "allow-in-use":
        return listWords(intent, named);
      case "revert":
        return revertAsked(intent.of, named);
      default:
        return unreachable(intent);
    }
  };

  /**
   * "Undo #12 “Remove YubiKey NEO”": what is undone stands apart, as it is not what happens. Of the undo of an undo
   * "Undo #13 “Undo #12”", however long that goes on.
   */
  const revertAsked = (of: TakenBack, named: Named): string => {
    if (of.kind === "drift") return `Put back drift ${of.driftNumber}`;
    const { planNumber, undone } = of;
    if (undone.kind !== "revert") return `Undo #${planNumber} “${asked(undone, named)}”`;
    const inner = undone.of.kind === "plan" ? `Undo #${undone.of.planNumber}` : revertAsked(undone.of, named);
    return `Undo #${planNumber} “${inner}”`;
  };

  return { planTitle, titleParts };
}
