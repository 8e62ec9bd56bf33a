import type { SetUp, Welcome } from "../../../core/report/welcome.js";
import { counted } from "../../../core/words/amounts.js";
import { buttonRows } from "../parts/button-rows.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { card, heading, subtle, text } from "../parts/card-parts.js";
import { sayButton } from "../parts/say-button.js";

type Member = Extract<Welcome, { setUp: SetUp }>;

/** The first thing an administrator or an approver reads: what to try, and what is still missing. */
export function welcomeCard({ role, setUp, approvalsRequired }: Member): AdaptiveCard {
  return card({
    fallbackText: "Latchkey is here: it rolls out passkeys, and changes nothing alone",
    body: [
      text("Latchkey is here", { size: "large", weight: "bolder", style: "heading" }),
      text(
        "I roll out passkeys in Microsoft Entra. You say what should change, I show what that does to people, and nothing is written until a second person presses Approve.",
      ),
      ...(role === "approver" ? [approving(approvalsRequired)] : []),
      heading("Try first; these only look"),
      ...toTry(setUp).flatMap(([command, what]): readonly CardElement[] => [
        subtle(what, { spacing: "medium" }),
        { type: "ActionSet", spacing: "small", actions: [sayButton(command)] },
      ]),
      heading("Set up so far"),
      ...[...setUpLines(setUp)].map((line) => text(line, { spacing: "small" })),
      ...buttonRows([sayButton("help"), sayButton("guide")]),
    ],
  });
}

const toTry = ({ passkeys }: SetUp) =>
  [
    ["status", "How the rollout stands:"],
    ["keys in use", "Which keys people have today:"],
    [
      passkeys === "on" ? "what if we enforce attestation" : "what if we enable passkeys",
      "What a change would do, without asking for it:",
    ],
  ] as const;

function approving(approvalsRequired: number): CardElement {
  const many = approvalsRequired === 1 ? "" : ` Each needs ${counted(approvalsRequired, "approval")}.`;
  return text(
    `**You may approve.** When an administrator here asks for a change, its plan comes into this chat with their name and who is affected.${many} Reading it is enough until you press a button.`,
  );
}

function* setUpLines(setUp: SetUp): Generator<string> {
  if (setUp.passkeys === "unknown") yield "○ The policy could not be read. Say show policy to see why.";
  else yield setUp.passkeys === "on" ? "✓ Passkeys are switched on." : "○ Passkeys are not switched on yet.";
  yield setUp.hasScan
    ? "✓ People's passkeys have been read."
    : "○ Nobody's passkeys have been read yet: say scan.";
  yield setUp.hasApprovalRoom
    ? "✓ There is a room for approvals."
    : "○ No room for approvals yet: an approver mentions me in a group chat and says approvals here.";
  yield setUp.hasEmergencyAccounts
    ? "✓ Emergency accounts are protected."
    : "○ No emergency accounts are named: the operator sets EMERGENCY_ACCOUNTS.";
}
