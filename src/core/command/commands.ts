import type { CommandRow } from "./command-row.js";
import { ADOPTION_COMMANDS } from "./rows/adoption-commands.js";
import { ASKING_COMMANDS } from "./rows/asking-commands.js";
import { BOT_COMMANDS } from "./rows/bot-commands.js";
import { DECIDING_COMMANDS } from "./rows/deciding-commands.js";
import { DIGEST_COMMANDS } from "./rows/digest-commands.js";
import { EXPLAIN_COMMANDS } from "./rows/explain-commands.js";
import { GROUP_COMMANDS } from "./rows/group-commands.js";
import { GUIDE_COMMANDS } from "./rows/guide-commands.js";
import { LOOKING_COMMANDS } from "./rows/looking-commands.js";
import { MODEL_COMMANDS } from "./rows/model-commands.js";
import { PASSKEY_COMMANDS } from "./rows/passkey-commands.js";
import { PERSON_COMMANDS } from "./rows/person-commands.js";
import { PLAN_COMMANDS } from "./rows/plan-commands.js";
import { POLICY_COMMANDS } from "./rows/policy-commands.js";
import { QUESTION_COMMANDS } from "./rows/question-commands.js";
import { REPLACING_COMMANDS } from "./rows/replacing-commands.js";
import { MAKING_COMMANDS } from "./rows/rollout/making-commands.js";
import { PROFILE_COMMANDS } from "./rows/rollout/profile-commands.js";
import { ROLLOUT_COMMANDS } from "./rows/rollout/rollout-commands.js";
import { STAGE_COMMANDS } from "./rows/rollout/stage-commands.js";
import { STATUS_COMMANDS } from "./rows/status-commands.js";

/**
 * Every command: what is said, what it means, what the help, Teams' menu and README say of it. A new one is a row in
 * `rows` and an answer in `teams/answers/commands`.
 */
export const COMMANDS = [
  // Before what takes any words for a model: "what is attestation".
  ...EXPLAIN_COMMANDS,
  ...PASSKEY_COMMANDS,
  ...ROLLOUT_COMMANDS,
  ...STAGE_COMMANDS,
  ...GROUP_COMMANDS,
  ...MODEL_COMMANDS,
  // Before what takes a model: "only allow synced passkeys" names a kind.
  ...MAKING_COMMANDS,
  ...REPLACING_COMMANDS,
  ...POLICY_COMMANDS,
  ...STATUS_COMMANDS,
  ...ADOPTION_COMMANDS,
  ...PROFILE_COMMANDS,
  ...ASKING_COMMANDS,
  ...PERSON_COMMANDS,
  ...LOOKING_COMMANDS,
  ...QUESTION_COMMANDS,
  ...DECIDING_COMMANDS,
  ...PLAN_COMMANDS,
  ...GUIDE_COMMANDS,
  ...DIGEST_COMMANDS,
  ...BOT_COMMANDS,
] as const satisfies readonly CommandRow[];
