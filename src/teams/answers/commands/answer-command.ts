import { whyNotApprover } from "../../../core/access/standing.js";
import { cancelPlan } from "../../../core/approval/decide.js";
import type { ChangeCommand, Command } from "../../../core/command/command.js";
import { helpLines } from "../../../core/command/help.js";
import { unreachable } from "../../../core/errors.js";
import { proposeChange } from "../../../core/plan/propose-change.js";
import { history } from "../../../core/report/history.js";
import { describePolicy, pendingPlans, viewPlan } from "../../../core/report/report.js";
import { whatIs } from "../../../core/report/what-is.js";
import { refusalWords } from "../../board/reason-words.js";
import { helpCard } from "../../cards/reports/help-card.js";
import { historyCard } from "../../cards/reports/history-card.js";
import { modelCard } from "../../cards/reports/model-card.js";
import { pendingCard } from "../../cards/reports/pending-card.js";
import { policyCard } from "../../cards/reports/policy-card.js";
import { channelPlace } from "../../incoming/place.js";
import type { Request } from "../../incoming/request.js";
import type { Message } from "../../sending/messenger.js";
import type { Answer } from "../answer.js";
import type { Desk } from "../desk.js";
import { answerDrift, answerShowDrift } from "./answer-drift.js";
import { answerEvidence } from "./answer-evidence.js";
import { answerKeysInUse, answerScan, answerWhoUses, showsRunningScan } from "./answer-scan.js";

const WAITS_FOR_SCAN =
  "This waits for the scan that is running; its card in this conversation shows how far it is. The plan comes when it is done.";

/** Carries out a command. @returns what to say; undefined when the card comes by itself, or is there already. @throws Fault */
export async function answerCommand(
  desk: Desk,
  command: Command,
  request: Request,
): Promise<Answer | undefined> {
  const { ports, rules } = desk;
  const { place, person } = request;
  switch (command.kind) {
    case "help":
      return { kind: "card", card: helpCard(helpLines()) };
    case "show-policy":
      return { kind: "card", card: policyCard(await describePolicy(ports), await openDrift(desk)) };
    case "pending":
      return { kind: "card", card: pendingCard(await pendingPlans(ports, rules), await openDrift(desk)) };
    case "enable":
    case "disable":
    case "allow":
    case "remove":
    case "allow-keys-in-use":
    case "undo":
    case "put-back":
      return answerChange(desk, command, request);
    case "drift":
      return answerDrift(desk, request);
    case "show-drift":
      return answerShowDrift(desk, request, command.driftNumber);
    case "scan":
      return answerScan(desk, request, command.full);
    case "keys-in-use":
      return answerKeysInUse(desk, request);
    case "who-uses":
      return answerWhoUses(desk, request, command.model);
    case "what-is": {
      const report = await whatIs(ports, rules, command.model);
      if (report.kind === "refusal") return text(await refusalWords(desk, place, report));
      return { kind: "card", card: modelCard(report) };
    }
    case "show": {
      const plan = await viewPlan(ports, rules, command.planNumber);
      if ("kind" in plan) return text(await refusalWords(desk, place, plan));
      return { kind: "live-card", post: (into) => desk.announcer.showPlan(plan, place.id, { into }) };
    }
    case "cancel": {
      const { planNumber } = command;
      const result = await cancelPlan(ports, rules, { planNumber, person, conversation: place.id });
      if (result.kind === "refusal") return text(await refusalWords(desk, place, result));
      // What could not be known to be unwritten is closed, not cancelled.
      return text(
        result.plan.state.kind === "cancelled"
          ? `Plan #${planNumber} is cancelled, and nothing was written. Ask again when you want a fresh plan.`
          : `Plan #${planNumber} is closed, and nothing more is done with it. Whether its change was written was never found out: say \`show policy\` to see what is in force.`,
      );
    }
    case "history":
      return { kind: "card", card: historyCard(await history(ports, rules, command.limit)) };
    case "evidence":
      return answerEvidence(desk, request, command.planNumber);
    case "approvals-here":
      return text(await makeApprovalRoom(desk, request));
    default:
      return unreachable(command);
  }
}

const openDrift = ({ ports, rules }: Desk) => ports.watch.openDrift(rules.tenantId);

const text = (words: string): Message => ({ kind: "text", text: words });

async function answerChange(
  desk: Desk,
  command: ChangeCommand,
  { place, person, text: typed }: Request,
): Promise<Message | undefined> {
  const scanIsShown = await showsRunningScan(desk, place);
  const plan = await proposeChange(desk.ports, desk.rules, {
    command,
    typed,
    requester: person,
    conversation: place.id,
  });
  if (!("kind" in plan)) return undefined;
  if (plan.kind === "refusal") return text(await refusalWords(desk, place, plan));
  return scanIsShown ? text(WAITS_FOR_SCAN) : undefined;
}

/** In a channel it is the channel that becomes the room, not the thread in which it was said. */
async function makeApprovalRoom(desk: Desk, { place, person }: Request): Promise<string> {
  const { ports, rules } = desk;
  const refusal = await whyNotApprover(ports, rules, person.id);
  if (refusal) return refusalWords(desk, place, refusal, "say `approvals here` again");
  const room = place.kind === "channel" ? channelPlace(place) : place;
  await ports.conversations.remember(room);
  await ports.conversations.setApprovalRoom(room.id, {
    tenantId: rules.tenantId,
    at: ports.clock.now().toISOString(),
    event: "approval-room-set",
    by: person,
    conversation: room.id,
    detail: { kind: room.kind },
  });
  return "Plans that wait for approval are posted here from now on, with people's names. Say `pending` to see those that wait already.";
}
