import { leftOut } from "../../../../../core/impact/left-out.js";
import type { AdoptionReport } from "../../../../../core/report/adoption/adoption-report.js";
import { people } from "../../../../../core/words/amounts.js";
import { leftOutSentence } from "../../../../../core/words/left-out-words.js";
import type { CardElement } from "../../../parts/card.js";
import { subtle, text } from "../../../parts/card-parts.js";
import { countedWords } from "../adoption-lines.js";

/** Where the numbers are from, and what they do not know: licences, the report's lag, who could not be read. */
export function doubts({ inventory, of, figures, scanRunning }: AdoptionReport): readonly CardElement[] {
  const { path, recentIncluded, unreadCount } = inventory;
  const report =
    path === "report"
      ? `Found by Entra's registration report (Entra ID P1 or P2), which is up to 36 hours late; who registered since ${recentIncluded ? "was found in the audit log" : "may be missing"}.`
      : "Every enabled account was asked, since the registration report needs Entra ID P1 or P2.";
  const left = leftOut(inventory);
  const lines = [
    report,
    ...(left === undefined || left.missing === 0 ? [] : [leftOutSentence(left)]),
    ...countedWords({ of, ...figures }).map((words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`),
    ...(figures.people === undefined ? ["How many accounts there are was not counted."] : []),
    ...(figures.admins === undefined
      ? ["Who is an administrator is not known: Entra's registration report did not say."]
      : []),
    ...(scanRunning ? ["A newer scan is being made; ask again when its card says that it is done."] : []),
  ];
  return [
    ...(unreadCount === 0
      ? []
      : [
          text(
            `${people(unreadCount)} could not be read by the scan and ${unreadCount === 1 ? "is" : "are"} not counted.`,
            {
              size: "small",
              color: "warning",
            },
          ),
        ]),
    subtle(lines.join(" "), { spacing: "medium" }),
  ];
}
