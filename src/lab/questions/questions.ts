import type { FactId } from "../../facts/facts.js";
import type { Question } from "../question.js";
import { LIST_QUESTIONS } from "./list-questions.js";
import { AUDIT_QUESTIONS, LOG_QUESTIONS } from "./log-questions.js";
import { PROFILE_QUESTIONS } from "./profile-questions.js";
import { REPORT_QUESTIONS } from "./report-questions.js";
import { SEEN_QUESTIONS } from "./seen-questions.js";
import { WRITE_QUESTIONS } from "./write-questions.js";

const { sizeLimit, malformedAaguid, ...lists } = LIST_QUESTIONS;

/**
 * A question for each fact of `src/facts`, in the order in which they are asked: what only reads first, then an ordinary
 * write, and what Graph is most likely to refuse last.
 */
const QUESTIONS: Readonly<Record<FactId, Question>> = {
  ...SEEN_QUESTIONS,
  ...REPORT_QUESTIONS,
  ...LOG_QUESTIONS,
  ...lists,
  ...WRITE_QUESTIONS,
  ...PROFILE_QUESTIONS,
  malformedAaguid,
  sizeLimit,
  ...AUDIT_QUESTIONS,
};

/** The ordinary write: where Graph refuses it, its other refusals say nothing. */
export const ORDINARY: FactId = "aaguidOrder";

export const ALL_QUESTIONS = Object.entries(QUESTIONS) as readonly (readonly [FactId, Question])[];
