import type { Coverage } from "../../core/impact/impact.js";
import { leftOut } from "../../core/impact/left-out.js";
import { reportLags } from "../../core/impact/report-lags.js";
import { number, people } from "../../core/words/amounts.js";
import { leftOutSentence } from "../../core/words/left-out-words.js";
import { moment } from "./card-text.js";

/** What the impact rests on, in one line: "214 people with passkeys, all read at 10:40.", and what may be missing. */
export function coverageLine(coverage: Coverage, near: string): string {
  const lag = reportLags(coverage) ? " Passkeys of the last 36 hours may be missing." : "";
  return `${readLine(coverage, near)}${lag}${leftOutWords(coverage)}${oddWords(coverage)}`;
}

/** In the same words on the card of a scan. */
function leftOutWords(coverage: Coverage): string {
  const left = leftOut(coverage);
  return left === undefined || left.missing === 0 ? "" : ` ${leftOutSentence(left)}`;
}

function oddWords({ oddEntries }: Coverage): string {
  if (oddEntries === undefined) return "";
  return ` ${entriesWords(oddEntries)} could not be read, so a person may be missing.`;
}

function entriesWords(count: number): string {
  return `${count === 1 ? "1 entry" : `${number(count)} entries`} of Entra's report or audit log`;
}

function readLine(coverage: Coverage, near: string): string {
  const at = moment(coverage.at, near);
  const { asked, unreadCount, keyholders } = coverage;
  if (coverage.kind === "changes") {
    const missing = unreadCount === 0 ? "" : `, ${number(unreadCount)} could not be read`;
    return `${people(keyholders)} with passkeys: ${number(readNow(coverage))} read at ${at}${missing}, the others taken over from the scan before.`;
  }
  if (unreadCount === 0) return `${people(keyholders)} with passkeys, all read at ${at}.`;
  return `${number(asked - unreadCount)} of ${people(asked)} read at ${at}.`;
}

/** The same in full: how people were found, what became of each, what the scan cannot know, and when it was. */
export function coverageLines(coverage: Coverage): readonly string[] {
  const { from, at, asked, carried, gone, unreadCount, keyholders } = coverage;
  return [
    `Began ${moment(from)}, ended ${moment(at, from)}. ${kindWords(coverage)}`,
    whoWords(coverage),
    [
      `${people(asked)} asked about`,
      `${number(readNow(coverage))} read`,
      `${number(carried)} taken over from the scan before`,
      `${number(gone)} deleted meanwhile`,
      `${number(unreadCount)} could not be read`,
    ].join(" · "),
    `${people(keyholders)} ${keyholders === 1 ? "has" : "have"} at least one passkey.`,
    ...notCovered(coverage).map((words) => `Not covered: ${words}`),
  ];
}

function kindWords({ kind, fullSince }: Coverage): string {
  return kind === "full"
    ? "A full scan: everybody was read."
    : `Only what changed was read, the rest was taken over; the last full scan began ${moment(fullSince)}.`;
}

function whoWords({ path, recentIncluded }: Coverage): string {
  if (path === "all-users") {
    return "This tenant has no Entra ID P1 or P2 and so no report: every enabled account was asked about.";
  }
  return recentIncluded
    ? "Asked about: people with passkeys by Entra's report, which lags up to 36 hours, and those whose passkeys changed since by the audit log."
    : "Asked about: people with passkeys by Entra's report.";
}

/** What cannot be concluded from this scan. */
function notCovered(coverage: Coverage): readonly string[] {
  return [
    ...disabledWords(coverage),
    ...reportWords(coverage),
    ...(coverage.oddEntries === undefined
      ? []
      : [`the people meant by ${entriesWords(coverage.oddEntries)} that could not be read.`]),
    ...(reportLags(coverage)
      ? [
          "passkeys registered in the last 36 hours, by which the report may lag; the audit log could not help.",
        ]
      : []),
  ];
}

function disabledWords({ path, accounts }: Coverage): readonly string[] {
  const left = path === "report" ? ", whom the report leaves out" : "";
  if (accounts === undefined) return [`people whose account is disabled${left}.`];
  const { disabled } = accounts;
  if (disabled === 0) return [];
  return [`people whose account is disabled${left}: ${number(disabled)} of the tenant's accounts.`];
}

function reportWords(coverage: Coverage): readonly string[] {
  if (coverage.path !== "report") return [];
  const left = leftOut(coverage);
  if (left === undefined)
    return ["enabled accounts that the report leaves out: how many these are was not counted."];
  if (left.missing === 0) return [];
  return [
    `enabled accounts that the report leaves out. ${leftOutSentence(left)} Guests may be among them, who cannot register passkeys.`,
  ];
}

/** People asked about who answered in this scan. */
function readNow({ asked, carried, gone, unreadCount }: Coverage): number {
  return asked - carried - gone - unreadCount;
}
