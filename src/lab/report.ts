import { type FactId, knownFact } from "../facts/facts.js";
import type { PutBack } from "./put-back.js";
import type { Finding } from "./question.js";

/** What the lab found. It holds no id and no name of anything in the tenant, so that it can be shown to strangers. */
export interface LabReport {
  readonly format: 1;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly cloud: string;
  readonly shape: "legacy" | "profiles";
  /** A tenant of many people was named by its name. */
  readonly people: "up to 50" | "more than 50" | "unknown";
  readonly end: "complete" | "stopped" | "broken-off";
  /** Why it broke off. */
  readonly trouble?: string;
  readonly policy: PutBack | { readonly kind: "not-written" };
  readonly requests: { readonly reads: number; readonly writes: number };
  readonly facts: readonly FactReport[];
}

export interface FactReport {
  readonly fact: FactId;
  readonly question: string;
  /** What was sent. */
  readonly asked: string;
  readonly finding: Finding;
  /** What Latchkey takes it for so far. */
  readonly assumed: string;
}

export function reportAsJson(report: LabReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

export function reportAsMarkdown(report: LabReport): string {
  const { settled, other } = sorted(report.facts);
  const differing = settled.filter(({ reading, assumed }) => reading !== assumed);
  return [
    "# Latchkey lab",
    "",
    `From ${report.startedAt} to ${report.endedAt}; cloud ${report.cloud}; policy in the ${report.shape} shape; ${report.people} people; ${report.requests.reads} reads and ${report.requests.writes} writes. ${endWords(report)}`,
    "",
    `**The policy:** ${policyWords(report.policy)}`,
    "",
    `## Settled: ${settled.length}`,
    "",
    `${differing.length === 0 ? "None differs" : `${differing.map(({ fact }) => `\`${fact}\``).join(", ")} differ${differing.length === 1 ? "s" : ""}`} from what Latchkey assumes.`,
    "",
    "| fact | question | answer | what Graph did | assumed so far |",
    "| --- | --- | --- | --- | --- |",
    ...settled.map(
      ({ fact, question, means, reading, evidence, assumed }) =>
        `| \`${fact}\` | ${question} | **${means}** (\`${reading}\`) | ${evidence} | ${reading === assumed ? "the same" : `\`${assumed}\``} |`,
    ),
    "",
    `## Not settled: ${other.length}`,
    "",
    "| fact | question | why |",
    "| --- | --- | --- |",
    ...other.map(({ fact, question, why }) => `| \`${fact}\` | ${question} | ${why} |`),
    "",
    "## What was sent",
    "",
    ...report.facts.map(({ fact, asked }) => `- \`${fact}\`: ${asked}`),
    "",
  ].join("\n");
}

function sorted(facts: readonly FactReport[]) {
  const settled = facts.flatMap(({ fact, question, finding, assumed }) =>
    finding.kind === "settled"
      ? [
          {
            fact,
            question,
            assumed,
            ...finding,
            means: knownFact(fact).readings[finding.reading] ?? finding.reading,
          },
        ]
      : [],
  );
  const other = facts.flatMap(({ fact, question, finding }) =>
    finding.kind === "unsettled" ? [{ fact, question, why: finding.why }] : [],
  );
  return { settled, other };
}

function endWords({ end, trouble }: LabReport): string {
  switch (end) {
    case "complete":
      return "Every question was asked that could be.";
    case "stopped":
      return "It was stopped before all was asked.";
    case "broken-off":
      return `It broke off: ${trouble ?? "for a reason that is not known"}`;
  }
}

function policyWords(policy: LabReport["policy"]): string {
  switch (policy.kind) {
    case "not-written":
      return "nothing was written.";
    case "back":
      return [
        "as it was found; read back.",
        ...(policy.forGood === undefined ? [] : [`Only this is for good: ${policy.forGood}.`]),
        ...(policy.remark === undefined ? [] : [`Note: ${policy.remark}.`]),
      ].join(" ");
    case "not-back":
      return `**NOT as it was found**: ${policy.why}.`;
  }
}
