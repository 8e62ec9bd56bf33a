import type { KnownFact } from "./known-fact.js";
import { POLICY_FACTS } from "./policy-facts.js";
import { PROFILE_FACTS } from "./profile-facts.js";
import { READING_FACTS } from "./reading-facts.js";

/**
 * What is known of Graph where its documentation is silent, or says two things. `docs/facts.md` is this table as a page;
 * the defaults of the simulated Graph are read from it; `npm run lab` asks a tenant each question.
 */
export const FACTS = { ...POLICY_FACTS, ...PROFILE_FACTS, ...READING_FACTS } as const satisfies Record<
  string,
  KnownFact
>;

export type FactId = keyof typeof FACTS;

/** What is known of one of them. */
export const knownFact = (id: FactId): KnownFact => FACTS[id];
