import type { FoundPolicy, LosingBeside } from "../../plan/plan.js";
import { people } from "../amounts.js";
import type { Medium } from "../medium.js";

/** How many lose by what came back beside what was planned; undefined: it takes from no person. */
export function losingBesideWords(losing: LosingBeside | undefined, medium: Medium): string | undefined {
  if (losing === undefined) return undefined;
  if (losing.kind === "not-known")
    return `${medium.strong("It may take passkey sign-in from people, and from whom could not be found out.")} Look at the policy in Entra now.`;
  const { losing: all, keepingAnother: kept, complete } = losing;
  const lost =
    all.length === 0
      ? "Nobody loses passkey sign-in by it"
      : medium.strong(`${people(all.length)} ${all.length === 1 ? "loses" : "lose"} passkey sign-in by it`);
  const keeping =
    kept === 0
      ? ""
      : kept === 1
        ? "; 1 person loses one passkey and keeps another"
        : `; ${people(kept)} lose one passkey and keep another`;
  return `${lost}${keeping}, by the last scan${complete ? "" : ", which did not reach everybody"}.`;
}

/** Whether the outcome of a plan has to be looked at by a person, although what was asked for is in force. */
export function takesMore(beside: FoundPolicy | undefined): boolean {
  const losing = beside?.losing;
  if (losing?.kind !== "by-scan") return losing !== undefined;
  return losing.losing.length > 0 || losing.keepingAnother > 0 || !losing.complete;
}
