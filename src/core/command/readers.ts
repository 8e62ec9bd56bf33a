import { readChange } from "./asking/read-change.js";
import { readConcept } from "./asking/read-concept.js";
import type { Takes } from "./command-row.js";
import { readDecision } from "./deciding/read-decision.js";
import { readEnableOptions } from "./enabling/read-enable-options.js";
import { readEverybody } from "./groups/read-everybody.js";
import { readGroups } from "./groups/read-groups.js";
import { readAudience, readPlatform } from "./guide/read-guide.js";
import { readTopic } from "./guide/read-topic.js";
import { readFullName, readPerson, readPossessive, readTrouble } from "./looking/read-person.js";
import { readAnything, readGroupName, readProfileName } from "./looking/read-profile-name.js";
import { readSubject } from "./looking/read-subject.js";
import { readAssignment, readEverybodysProfile } from "./profiles/read-assignment.js";
import { readCompared } from "./profiles/read-compared.js";
import { readKind, readOtherKind } from "./profiles/read-kind.js";
import { readNewProfile } from "./profiles/read-new-profile.js";
import { readRenaming } from "./profiles/read-renaming.js";
import { readModels, readOneModel, readProfile } from "./read-models.js";
import { readCount, readDriftNumber, readPlanNumber } from "./read-number.js";
import { notUnderstood, type Reader } from "./reader.js";
import { readExchange } from "./replacing/read-exchange.js";
import { readKeyModel } from "./replacing/read-key-model.js";
import { readPromotion } from "./rollout/read-promotion.js";
import { readStages } from "./rollout/read-stages.js";

/** The one reader of each kind of arguments. */
export const READERS: { readonly [Kind in Takes]: Reader<Kind> } = {
  nothing: (row, rest) => {
    if (rest.length === 0) return { kind: "arguments", arguments: {} };
    return row.asksAboutRest ? notUnderstood(row, rest) : undefined;
  },
  everybody: readEverybody,
  planNumber: readPlanNumber,
  driftNumber: readDriftNumber,
  count: readCount,
  models: readModels,
  profile: readProfile,
  oneModel: readOneModel,
  person: readPerson,
  fullName: readFullName,
  possessive: readPossessive,
  trouble: readTrouble,
  profileName: readProfileName,
  subject: readSubject,
  groupName: readGroupName,
  anything: readAnything,
  enableOptions: readEnableOptions,
  groups: readGroups,
  assignment: readAssignment,
  newProfile: readNewProfile,
  renaming: readRenaming,
  kind: readKind,
  otherKind: readOtherKind,
  compared: readCompared,
  everybodysProfile: readEverybodysProfile,
  promotion: readPromotion,
  stages: readStages,
  exchange: readExchange,
  keyModel: readKeyModel,
  change: readChange,
  platform: readPlatform,
  audience: readAudience,
  topic: readTopic,
  concept: readConcept,
  decision: readDecision,
};
