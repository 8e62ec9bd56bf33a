import type { Adoption } from "../../../../core/report/standing/adoption.js";
import { number, people, share } from "../../../../core/words/amounts.js";
import type { CardElement } from "../../parts/card.js";
import { subtle, text } from "../../parts/card-parts.js";

/** "9 of 24 people have a passkey (37%)". */
export function adoptionSummary({ people: all, withPasskey, of }: Adoption): string {
  if (all === undefined) return `${people(withPasskey)} ${withPasskey === 1 ? "has" : "have"} a passkey`;
  const whom = of === "groups" ? people(all) : `${number(all)} accounts`;
  return `${number(withPasskey)} of ${whom} ${withPasskey === 1 ? "has" : "have"} a passkey${share(withPasskey, all)}`;
}

/** Whom the number of people counts, where that is not plain. */
export function countedWords({ of, guests }: Pick<Adoption, "of" | "guests">): readonly string[] {
  const accounts = "accounts are those that are enabled";
  if (guests === undefined) return of === "accounts" ? [`${accounts}, guests among them`] : [];
  const left =
    guests === 0
      ? "no guests among them"
      : `without ${guests === 1 ? "1 guest, who" : `${number(guests)} guests, who`} cannot register a passkey here`;
  if (of === "accounts") return [`${accounts}, ${left}`];
  return guests === 0 ? [] : [left];
}

/** How many of those it is for have a passkey, and of which kind. */
export function adoptionLines(adoption: Adoption): readonly CardElement[] {
  const { withPasskey, deviceBound, synced, outside } = adoption;
  const kinds = [
    ...(deviceBound === 0 ? [] : [`${people(deviceBound)} with a device-bound one`]),
    ...(synced === 0 ? [] : [`${people(synced)} with a synced one`]),
  ];
  const small = [
    ...(withPasskey === 0 || kinds.length === 0 ? [] : [kinds.join(", ")]),
    ...countedWords(adoption),
    ...(outside === 0
      ? []
      : [`${people(outside)} more ${outside === 1 ? "has" : "have"} a passkey that the policy is not for`]),
  ];
  return [
    text(`**Adoption:** ${adoptionSummary(adoption)}`, { spacing: "small" }),
    ...(small.length === 0 ? [] : [subtle(`${small.join(" · ")}.`, { spacing: "none" })]),
  ];
}
