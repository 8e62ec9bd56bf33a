import type { Command, CommandName } from "../../../core/command/command.js";
import type { Request } from "../../incoming/request.js";
import type { Answer } from "../answer.js";
import type { AnswerContext } from "../answer-context.js";
import { answerApprovalsHere } from "./answer-approvals-here.js";
import { answerCancel } from "./answer-cancel.js";
import { answerChange } from "./answer-change.js";
import { answerDrift } from "./answer-drift.js";
import { answerEvidence } from "./answer-evidence.js";
import { answerGuide } from "./answer-guide.js";
import { answerHelp } from "./answer-help.js";
import { answerHistory } from "./answer-history.js";
import { answerKeysInUse } from "./answer-keys-in-use.js";
import { answerDocs, answerLockedOut, answerLost, answerSendGuide } from "./answer-own-passkey.js";
import { answerPending } from "./answer-pending.js";
import { answerScan } from "./answer-scan.js";
import { answerShow } from "./answer-show.js";
import { answerShowDrift } from "./answer-show-drift.js";
import { answerShowPolicy } from "./answer-show-policy.js";
import type { AnswerTo } from "./answer-to.js";
import { answerWhatIs } from "./answer-what-is.js";
import { answerWhoUses } from "./answer-who-uses.js";
import { answerExplain } from "./asking/answer-explain.js";
import { answerIsAllowed } from "./asking/answer-is-allowed.js";
import { answerWhatIf } from "./asking/answer-what-if.js";
import { answerExchange } from "./choosing/answer-exchange.js";
import { answerOnlyModels } from "./choosing/answer-only-models.js";
import { answerAboutPlan, answerMyPlan } from "./deciding/answer-about-plan.js";
import { answerApprove } from "./deciding/answer-approve.js";
import { answerCancelMine } from "./deciding/answer-cancel-mine.js";
import { answerReject } from "./deciding/answer-reject.js";
import { answerExtend, answerRemind } from "./deciding/answer-remind.js";
import { answerStopApprovals } from "./deciding/answer-stop-approvals.js";
import { answerUndoLast } from "./deciding/answer-undo-last.js";
import { answerWhoApproves } from "./deciding/answer-who-approves.js";
import { answerAdoption } from "./looking/answer-adoption.js";
import { answerCheck } from "./looking/answer-check.js";
import { answerCompareProfiles } from "./looking/answer-compare-profiles.js";
import { answerModels } from "./looking/answer-models.js";
import { answerPeopleList } from "./looking/answer-people-list.js";
import { answerPerson } from "./looking/answer-person.js";
import { answerAboutProfiles, answerProfileFor, answerProfiles } from "./looking/answer-profiles.js";
import { answerStatus } from "./looking/answer-status.js";
import { answerWithoutPasskey } from "./looking/answer-without-passkey.js";
import { answerDigest, answerTurnDigest } from "./news/answer-digest.js";
import { answerHistoryOf } from "./record/answer-history-of.js";
import { answerRolloutEvidence } from "./record/answer-rollout-evidence.js";
import { answerStages } from "./rollout/answer-stages.js";
import { answerEndStages, answerWriteStages } from "./rollout/answer-write-stages.js";

/** The answer to each command of the table. */
const ANSWERS: { readonly [Name in CommandName]: AnswerTo<Name> } = {
  enable: answerChange,
  disable: answerChange,
  "add-group": answerChange,
  "remove-group": answerChange,
  "exclude-group": answerChange,
  "include-group": answerChange,
  allow: answerChange,
  remove: answerChange,
  "allow-keys-in-use": answerChange,
  undo: answerChange,
  "put-back": answerChange,
  "keys-in-use": answerKeysInUse,
  models: answerModels,
  "who-uses": answerWhoUses,
  "what-is": answerWhatIs,
  "what-if": answerWhatIf,
  explain: answerExplain,
  "is-allowed": answerIsAllowed,
  scan: answerScan,
  drift: answerDrift,
  "show-drift": answerShowDrift,
  "show-policy": answerShowPolicy,
  status: answerStatus,
  adoption: answerAdoption,
  "people-list": answerPeopleList,
  "without-passkey": answerWithoutPasskey,
  profiles: answerProfiles,
  "about-profiles": answerAboutProfiles,
  "compare-profiles": answerCompareProfiles,
  promote: answerChange,
  "next-stage": answerChange,
  "write-stages": answerWriteStages,
  "end-stages": answerEndStages,
  stages: answerStages,
  "create-profile": answerChange,
  "rename-profile": answerChange,
  "delete-profile": answerChange,
  "admit-kind": answerChange,
  "refuse-kind": answerChange,
  "use-profiles": answerChange,
  "profile-for": answerProfileFor,
  exchange: answerExchange,
  "only-models": answerOnlyModels,
  person: answerPerson,
  pending: answerPending,
  show: answerShow,
  cancel: answerCancel,
  approve: answerApprove,
  reject: answerReject,
  "cancel-mine": answerCancelMine,
  "undo-last": answerUndoLast,
  "about-plan": answerAboutPlan,
  "my-plan": answerMyPlan,
  "who-approves": answerWhoApproves,
  extend: answerExtend,
  remind: answerRemind,
  history: answerHistory,
  evidence: answerEvidence,
  check: answerCheck,
  "approvals-here": answerApprovalsHere,
  "stop-approvals": answerStopApprovals,
  guide: answerGuide,
  lost: answerLost,
  "locked-out": answerLockedOut,
  "send-guide": answerSendGuide,
  docs: answerDocs,
  "history-of": answerHistoryOf,
  "evidence-of-rollout": answerRolloutEvidence,
  digest: answerDigest,
  "turn-digest": answerTurnDigest,
  help: answerHelp,
};

/** Carries out a command. @returns what to say; undefined when the card comes by itself, or is there already. @throws Fault */
export function answerCommand(
  context: AnswerContext,
  command: Command,
  request: Request,
): Promise<Answer | undefined> {
  // The table gives each command the answer of its own kind, which the compiler cannot follow through the look-up.
  const answer = ANSWERS[command.kind] as AnswerTo<CommandName>;
  return answer(context, request, command);
}
