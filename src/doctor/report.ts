import { countFindings } from "../core/check/examine.js";
import type { Finding } from "../core/check/finding.js";
import { counted } from "../core/words/amounts.js";

const SIGN: Readonly<Record<Finding["state"], string>> = {
  works: "works      ",
  attention: "ATTENTION  ",
  missing: "MISSING    ",
  "not-needed": "not needed ",
  "not-checked": "not checked",
};

/** Characters that a terminal acts on: what services say is not ours. */
const CONTROL = /[\p{Cc}\p{Bidi_Control}]/gu;

/** Every finding in a few lines of plain text, and how many stand in the way. */
export function report(findings: readonly Finding[]): string {
  const lines = findings.map(
    ({ state, title, found, mend, link }) =>
      `${SIGN[state]}  ${title}: ${found}` +
      (mend === undefined ? "" : `\n               mend: ${mend}`) +
      (link === undefined ? "" : `\n               at:   ${link}`),
  );
  return `${lines.map((line) => line.split("\n").map(plain).join("\n")).join("\n")}\n\n${lastLine(findings)}\n`;
}

const plain = (line: string): string => line.replaceAll(CONTROL, "?");

function lastLine(findings: readonly Finding[]): string {
  const { missing, attention } = countFindings(findings);
  if (missing > 0) return `${counted(missing, "thing")} missing: mend the first, and look again.`;
  if (attention > 0) return `It works; ${counted(attention, "thing")} to look at.`;
  return "It works.";
}
