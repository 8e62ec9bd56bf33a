import type { EmergencyProblem } from "../../../core/access/emergency-people.js";
import type { EmergencyReport } from "../../../core/report/emergency-report.js";
import { listed, people } from "../../../core/words/amounts.js";
import { emergencyProblemWords, NARROWING_REFUSED } from "../../../core/words/emergency-words.js";
import { code } from "../../words/card-text.js";
import { faultWords } from "../../words/fault-text.js";
import type { CardElement } from "../parts/card.js";
import { banner, text } from "../parts/card-parts.js";

/** The operator finds the others in the log. */
const PROBLEMS_SHOWN = 5;

/** Whom the installation protects, and a warning where that is not certain; nothing where it names no account. */
export function emergencyRows(
  report: EmergencyReport | undefined,
  setting: (name: string, value: string) => CardElement,
): readonly CardElement[] {
  if (report === undefined) return [];
  if (report.kind === "not-looked-up") {
    return [
      setting("Emergency accounts", "not known at the moment"),
      warning(
        `${faultWords(report.fault, undefined, "look again")} Meanwhile every plan that could take a passkey from a person is refused.`,
      ),
    ];
  }
  return [
    setting("Emergency accounts", people(report.people)),
    ...(report.problems.length === 0 ? [] : [warning(problemWords(report.problems))]),
  ];
}

function problemWords(problems: readonly EmergencyProblem[]): string {
  const words = problems.map((problem) => emergencyProblemWords(problem, code));
  return `EMERGENCY_ACCOUNTS: ${listed(words, PROBLEMS_SHOWN)}. Ask the operator to mend it. ${NARROWING_REFUSED}`;
}

const warning = (words: string): CardElement => banner("warning", [text(words)]);
