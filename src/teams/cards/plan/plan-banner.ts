import { validApprovals } from "../../../core/approval/approval-rules.js";
import { unreachable } from "../../../core/errors.js";
import type { Instant, Person } from "../../../core/person.js";
import type { Plan, PlanState, PutOff } from "../../../core/plan/plan.js";
import { listed } from "../../../core/words/amounts.js";
import { takesMore } from "../../../core/words/outcome/beside-words.js";
import { readWrites } from "../../../core/words/unread-writes.js";
import { moment, plain, plainSentences } from "../../words/card-text.js";
import type { CardElement, Container } from "../parts/card.js";
import { banner, subtle, text } from "../parts/card-parts.js";
import { planBeside, planFound } from "./plan-found.js";
import { impactBanner, impactLine } from "./plan-impact.js";
import type { PlanView } from "./plan-view.js";

type State<Kind extends PlanState["kind"]> = Extract<PlanState, { kind: Kind }>;

/** The band under the title: what a person has to know before anything else, in every state. */
export function planBanner(plan: Plan, view: PlanView): Container {
  const { state } = plan;
  switch (state.kind) {
    case "waiting":
      return impactBanner(plan, view);
    case "applying":
      if (state.putOff !== undefined) return putOffBanner(plan, state, state.putOff);
      return banner("emphasis", [
        text(
          `**Being applied** with ${plain(state.by.name)}'s rights since ${moment(state.at, plan.createdAt)}. This card changes when it is done.`,
        ),
        subtle(impactLine(plan, "will")),
      ]);
    case "applied":
      return banner(takesMore(state.beside) ? "warning" : "good", appliedLines(plan, state, view));
    case "refused":
      return banner("attention", [
        text(
          `**Graph refused the change, and nothing was written.** It answered ${state.status}: ${plainSentences(state.message)}`,
        ),
        ...attempt("Tried", state, plan, graphRequest(state.requestId)),
      ]);
    case "unknown":
      return banner("warning", [
        text(`**It is not known yet whether the change was written.** ${SEEN[state.seen]}`),
        ...(state.seen === "something-else" ? planFound(plan, state.found, view) : []),
        ...attempt("Sent", state, plan, graphRequest(state.requestId, state.clientRequestId)),
      ]);
    case "rejected":
      return banner("emphasis", [
        text(
          `**Rejected by ${plain(state.by.name)}** at ${moment(state.at, plan.createdAt)}. Nothing was written.`,
        ),
        ...(state.reason.trim() === ""
          ? []
          : [text(`Reason: ${plainSentences(state.reason)}`, { spacing: "small" })]),
      ]);
    case "cancelled":
      return banner("emphasis", [
        text(
          `**Cancelled by ${plain(state.by.name)}** at ${moment(state.at, plan.createdAt)}. Nothing was written.`,
        ),
      ]);
    case "expired":
      return banner("emphasis", [
        text(
          `**Expired** at ${moment(state.at, plan.createdAt)} without enough approvals. Nothing was written.`,
        ),
      ]);
    case "superseded":
      return banner("emphasis", [text(`${SUPERSEDED[state.why]}${closedBy(plan, state)}`)]);
    default:
      return unreachable(state);
  }
}

/** While it waits the card says until when; it changes by itself when the change is sent. */
function putOffBanner(plan: Plan, { by }: State<"applying">, { until, fault }: PutOff): Container {
  const then = moment(until, plan.createdAt);
  const asked = `asked Latchkey to wait until ${then}`;
  const why: Readonly<Record<PutOff["fault"], string>> = {
    "write-throttled": `takes no more changes from this tenant at the moment, and ${asked}.`,
    "graph-throttled": `is busy with this tenant, and ${asked}.`,
    "graph-too-slow": `took too long to answer. Latchkey asks again at ${then}.`,
  };
  return banner("warning", [
    text(
      `**Approved, and waiting for Microsoft Graph.** It ${why[fault]} The policy is read again then, and the change is sent with ${plain(by.name)}'s rights. Nothing was written so far.`,
    ),
    subtle(impactLine(plan, "will")),
  ]);
}

const SEEN: Readonly<Record<State<"unknown">["seen"], string>> = {
  before: "The policy still reads as before; a write can take a moment to show.",
  "something-else": "The policy now reads neither as before nor as planned, so a person has to decide.",
  nothing: "The policy could not be read since.",
};

const SUPERSEDED: Readonly<Record<State<"superseded">["why"], string>> = {
  "already-in-force": "**Nothing was written.** The policy already is as this plan wanted it.",
  "no-longer-possible":
    "**Nothing was written.** This change no longer fits the policy, or the passkeys people have, as they are now.",
  "store-restored":
    "**Latchkey's store was restored from a backup, in which this plan was still open.** What was decided since the backup is not known here; ask for the change again if it is still wanted.",
  "outcome-never-known":
    "**It was never found out whether the change was written.** Nothing more will be done with this plan.",
};

/** Only what a person closed names one. */
function closedBy({ createdAt }: Plan, { by, at }: State<"superseded">): string {
  return by === undefined ? "" : ` Closed by ${plain(by.name)} at ${moment(at, createdAt)}.`;
}

function appliedLines(plan: Plan, state: State<"applied">, view: PlanView): readonly CardElement[] {
  const approvers = validApprovals(plan).map((approval) => plain(approval.by.name));
  const approvedBy = approvers.length > 0 ? listed(approvers, 5) : plain(state.by.name);
  const { named, unread } = readWrites(state.otherWriters);
  // Who loses by more than was planned is said below.
  const impact = takesMore(state.beside) ? "" : impactLine(plan, "did");
  return [
    text(
      `**In force since ${moment(state.at, plan.createdAt)}.** Approved by ${approvedBy}; written with ${
        approvers.length > 1 ? `${plain(state.by.name)}'s` : "the approver's"
      } own rights and read back from Entra.`,
    ),
    subtle(`${impact} ${graphRequest(state.requestId, state.clientRequestId)}`.trim(), { spacing: "small" }),
    ...(state.beside === undefined ? [] : planBeside(plan, state.beside, view)),
    ...named
      .slice(0, 3)
      .map((other) =>
        smallWarning(
          `⚠ ${plain(other.name)} changed the policy too, at ${moment(other.at, plan.createdAt)}. Look at the policy before you rely on it.`,
        ),
      ),
    ...(unread === undefined ? [] : [smallWarning(`⚠ ${unread}`)]),
  ];
}

function smallWarning(words: string): CardElement {
  return text(words, { color: "warning", size: "small", spacing: "small" });
}

function graphRequest(requestId: string | undefined, clientRequestId?: string): string {
  if (requestId !== undefined) return `Graph request ${plain(requestId)}`;
  // Without Graph's own id, the one we sent finds the request just as well.
  return clientRequestId === undefined ? "" : `Our request ${plain(clientRequestId)}`;
}

function attempt(
  verb: string,
  { by, at }: { readonly by: Person; readonly at: Instant },
  plan: Plan,
  request: string,
): readonly CardElement[] {
  const words = `${verb} by ${plain(by.name)} at ${moment(at, plan.createdAt)}. ${request}`;
  return [subtle(words.trimEnd(), { spacing: "small" })];
}
