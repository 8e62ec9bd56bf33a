import { type Finding, settled, type Written } from "../question.js";

/** Graph's status, with its code where it refused. */
export function said({ answer }: Pick<Written, "answer">): string {
  if (answer.kind === "refused") return `${answer.status} ${answer.code}`;
  return answer.status === undefined ? "no answer" : String(answer.status);
}

/** The reading that most questions have for a write that Graph refused. */
export const asRefused = (written: Written): Finding => settled("refused", said(written));
